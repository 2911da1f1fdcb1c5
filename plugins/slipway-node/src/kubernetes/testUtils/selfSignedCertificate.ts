import { generateKeyPairSync, sign } from 'node:crypto';

/** DER: tag, length, contents. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  if (length < 0x80) {
    return Buffer.concat([Buffer.from([tag, length]), body]);
  }
  const size =
    length < 0x100 ? [0x81, length] : [0x82, length >> 8, length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const hex = (digits: string) => Buffer.from(digits, 'hex');
const sequence = (...contents: Buffer[]) => der(0x30, ...contents);
const COMMON_NAME = hex('0603550403');
const SUBJECT_ALTERNATIVE_NAME = hex('0603551d11');
const ECDSA_WITH_SHA256 = hex('06082a8648ce3d040302');

/** What differs from a certificate that is good for 127.0.0.1 now. */
export interface SelfSignedCertificateOptions {
  /** IPv4. */
  address?: number[];
  /** UTCTime, as in `491231235959Z`. */
  notBefore?: string;
  notAfter?: string;
}

/** A certificate for 127.0.0.1 that is its own authority, made anew so that no private key lies in the repository (RFC 5280, 4.1). */
export function selfSignedCertificate(
  options: SelfSignedCertificateOptions = {},
): { key: string; cert: string } {
  const {
    address: host = [127, 0, 0, 1],
    notBefore = '200101000000Z',
    notAfter = '491231235959Z',
  } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const algorithm = sequence(ECDSA_WITH_SHA256);
  const name = sequence(
    der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('test')))),
  );
  const address = der(0x87, Buffer.from(host));
  const toBeSigned = sequence(
    der(0xa0, hex('020102')),
    hex('020101'),
    algorithm,
    name,
    sequence(
      der(0x17, Buffer.from(notBefore)),
      der(0x17, Buffer.from(notAfter)),
    ),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(address))),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(
    toBeSigned,
    algorithm,
    der(0x03, Buffer.from([0]), signature),
  );
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join(
      '\n',
    )}\n-----END CERTIFICATE-----\n`,
  };
}
