import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitObject } from './commitObject';
import { createSshSigner } from './sshSigner';

const ANN = { name: 'Ann <Author>\n, \u0007Jr.', email: 'ann@example.org' };

function hasSshKeygen(): boolean {
  try {
    execFileSync('ssh-keygen', ['-?'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

describe('createSshSigner', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ssh-signer-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' }).toString();

  function keygen(...options: string[]): string {
    run('ssh-keygen', '-q', '-f', 'key', '-N', '', ...options);
    return readFileSync(join(folder, 'key'), 'utf8');
  }

  const pem = ({ privateKey }: { privateKey: KeyObject }, options = {}) =>
    privateKey.export({ type: 'pkcs8', format: 'pem', ...options }).toString();
  const verify = ['-c', 'gpg.ssh.allowedSignersFile=allowed'];

  (hasSshKeygen() ? describe : describe.skip)('with ssh-keygen', () => {
    it.each<[string, () => string]>([
      ['ed25519, OpenSSH', () => keygen('-t', 'ed25519')],
      ['RSA, OpenSSH', () => keygen('-t', 'rsa', '-b', '2048')],
      ['RSA, PEM', () => keygen('-t', 'rsa', '-b', '3072', '-m', 'PEM')],
      ['ed25519, PKCS #8', () => pem(generateKeyPairSync('ed25519'))],
    ])('signs what git verifies: %s', (_, makeKey) => {
      const key = makeKey();
      writeFileSync(join(folder, 'private'), key, { mode: 0o600 });
      const commit = commitObject({
        tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
        parents: [],
        author: ANN,
        authorAt: new Date(1_700_000_000_000),
        committer: { name: '', email: 'slipway@example.org' },
        committerAt: new Date(1_700_000_000_000),
        message: 'Grüße\n\nSlipway-Change: 1',
        sign: createSshSigner(key),
      });
      const [publicKey] = publicKeyOf(commit.data).split('\n');
      writeFileSync(
        join(folder, 'allowed'),
        `slipway@example.org ${publicKey}\n`,
      );
      run('git', 'init', '-q', '.');
      run('git', 'hash-object', '-t', 'tree', '-w', '/dev/null');
      writeFileSync(join(folder, 'commit'), commit.data);
      const oid = run('git', 'hash-object', '-t', 'commit', '-w', 'commit');
      expect(oid.trim()).toBe(commit.oid);
      run('git', ...verify, 'verify-commit', commit.oid);
      const [author, email, subject, signed] = run(
        'git',
        ...[
          ...verify,
          'log',
          '-1',
          '--format=%an%n%ae%n%s%n%G? %cn',
          commit.oid,
        ],
      ).split('\n');
      expect([author, email, subject, signed]).toEqual([
        'Ann Author , Jr.',
        'ann@example.org',
        'Grüße',
        'G slipway',
      ]);
      run('git', 'fsck', '--strict');
    });
  });

  it('says at start what is wrong with a key, and never the key', () => {
    const ec = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    const small = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }));
    const locked = pem(generateKeyPairSync('ed25519'), {
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    const cases: [string, RegExp][] = [
      ['secret nonsense', /no SSH private key/],
      ['', /no SSH private key/],
      [ec, /is ecdsa with 256 bits/],
      [small, /is rsa with 1024 bits/],
      [locked, /has a passphrase/],
    ];
    for (const [key, words] of cases) {
      const error = (() => {
        try {
          createSshSigner(key, 'slipway.some.key');
          return undefined;
        } catch (e) {
          return e as Error;
        }
      })();
      expect(error?.name).toBe('InputError');
      expect(error?.message).toMatch(words);
      expect(error?.message).toContain('slipway.some.key');
      expect(error?.message).not.toContain('secret');
    }
  });
});

/** The public key in a commit's signature, as `authorized_keys` has it. */
function publicKeyOf(commit: Buffer): string {
  const armour = /BEGIN SSH SIGNATURE-----([^-]*)-----/.exec(String(commit))!;
  const blob = Buffer.from(armour[1], 'base64');
  const key = blob.subarray(14, 14 + blob.readUInt32BE(10));
  const type = key.toString('latin1', 4, 4 + key.readUInt32BE(0));
  return `${type} ${key.toString('base64')}`;
}
