import { createHash, createPrivateKey, KeyObject, sign } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { parsePrivateKey, PrivateKey } from 'sshpk';
import type { CommitSigner } from './commitObject';

const NAMESPACE = 'git';
const HASH = 'sha512';

/**
 * Signs commits with an SSH key, as git does with `gpg.format=ssh`.
 *
 * @param privateKeyPem - an ed25519 or RSA key without a passphrase, in the
 *   form of OpenSSH, PKCS #8 or PKCS #1
 * @param configKey - where the key is configured, for the error
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
 */
export function createSshSigner(
  privateKeyPem: string,
  configKey = 'slipway.git.signingKey',
): CommitSigner {
  const parsed = parse(privateKeyPem, configKey);
  const { algorithm, digest } = algorithmOf(parsed, configKey);
  const publicKey = parsed.toPublic().toBuffer('rfc4253');
  const key = toKeyObject(parsed);
  return {
    sign(payload) {
      const parts = [NAMESPACE, '', HASH].map(encodeString);
      const hash = createHash(HASH).update(payload).digest();
      const toSign = Buffer.concat([
        Buffer.from('SSHSIG'),
        ...parts,
        encodeString(hash),
      ]);
      const version = Buffer.from([0, 0, 0, 1]);
      const signature = Buffer.concat([
        encodeString(algorithm),
        encodeString(sign(digest, toSign, key)),
      ]);
      return armour(
        Buffer.concat([
          Buffer.from('SSHSIG'),
          version,
          encodeString(publicKey),
          ...parts,
          encodeString(signature),
        ]),
      );
    },
  };
}

function parse(pem: string, configKey: string): PrivateKey {
  try {
    return parsePrivateKey(pem.trim(), 'auto');
  } catch (error) {
    // The parser's own words may hold parts of the key.
    const encrypted =
      (error as Error).name === 'KeyEncryptedError' || /ENCRYPTED/.test(pem);
    throw new InputError(
      encrypted
        ? `The key at ${configKey} has a passphrase; give one without`
        : `The key at ${configKey} is no SSH private key; give an ed25519 or RSA key in the form of OpenSSH or PEM`,
    );
  }
}

function algorithmOf(
  key: PrivateKey,
  configKey: string,
): { algorithm: string; digest: string | undefined } {
  if (key.type === 'ed25519') {
    return { algorithm: 'ssh-ed25519', digest: undefined };
  }
  if (key.type === 'rsa' && key.size >= 2048) {
    return { algorithm: 'rsa-sha2-512', digest: 'sha512' };
  }
  throw new InputError(
    `The key at ${configKey} is ${key.type} with ${key.size} bits; signing takes ed25519, or RSA with 2048 bits or more`,
  );
}

function toKeyObject(key: PrivateKey): KeyObject {
  return createPrivateKey(key.toString('pkcs8'));
}

function encodeString(data: string | Buffer): Buffer {
  const body = Buffer.from(data);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function armour(signature: Buffer): string {
  const lines = signature.toString('base64').match(/.{1,70}/g) ?? [];
  return [
    '-----BEGIN SSH SIGNATURE-----',
    ...lines,
    '-----END SSH SIGNATURE-----',
    '',
  ].join('\n');
}
