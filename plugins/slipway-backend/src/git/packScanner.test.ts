import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import git from 'isomorphic-git';
import * as fs from 'node:fs';
import { ObjectStore } from './objectStore';

// A family of texts that are near to each other, so that Git makes deltas.
const texts = fc.array(
  fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }).map(edits => {
    const lines = Array.from({ length: 400 }, (_, i) => `line ${i * 7919}`);
    edits.forEach((at, i) => lines.splice(at, i % 3, `edit ${at} ${i}`));
    return Buffer.from(lines.join('\n'));
  }),
  { minLength: 2, maxLength: 12 },
);
const binaries = fc.array(
  fc.uint8Array({ maxLength: 2000 }).map(bytes => Buffer.from(bytes)),
  { maxLength: 5 },
);

/** A pack of one object: `base`, cut to its first 10 bytes. */
function thinPack(base: string, baseSize: number): Buffer {
  const instructions = Buffer.from([
    (baseSize & 0x7f) | 0x80,
    baseSize >> 7,
    10,
    0x90,
    10,
  ]);
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\x01', 'latin1');
  const body = Buffer.concat([
    header,
    Buffer.from([0x70 | instructions.length]),
    Buffer.from(base, 'hex'),
    deflateSync(instructions),
  ]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

describe('packs made by git', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pack-'));
  let number = 0;

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function run(cwd: string, args: string[], input?: string | Buffer): Buffer {
    return execFileSync('git', args, {
      cwd,
      input,
      maxBuffer: 1024 ** 3,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  }

  function newRepository(): string {
    number += 1;
    const path = join(directory, `r${number}`);
    run(directory, ['init', '-q', '--bare', path]);
    return path;
  }

  function writeBlobs(path: string, blobs: Buffer[]): string[] {
    return blobs.map(blob =>
      run(path, ['hash-object', '-w', '--stdin'], blob).toString().trim(),
    );
  }

  function openStore(path: string): Promise<ObjectStore> {
    return ObjectStore.open(join(path, 'objects', 'pack'));
  }

  function add(store: ObjectStore, pack: Buffer, chunk = 1000) {
    async function* chunks() {
      for (let at = 0; at < pack.length; at += chunk) {
        yield pack.subarray(at, at + chunk);
      }
    }
    return store.addPack({
      chunks: chunks(),
      maxBytes: 10_000_000,
      partial: false,
    });
  }

  it.each([
    ['offset deltas', ['--delta-base-offset']],
    ['deltas by id', []],
  ])('are read, indexed and read back by git: %s', async (_, flags) => {
    await fc.assert(
      fc.asyncProperty(texts, binaries, async (near, far) => {
        const source = newRepository();
        const blobs = [...near, ...far];
        const oids = writeBlobs(source, blobs);
        const pack = run(
          source,
          ['pack-objects', '--stdout', '--window=20', ...flags],
          `${[...new Set(oids)].join('\n')}\n`,
        );

        const target = newRepository();
        const store = await openStore(target);
        expect(await add(store, pack)).toBe(new Set(oids).size);
        oids.forEach((oid, i) =>
          expect(store.read(oid)).toEqual({ type: 'blob', data: blobs[i] }),
        );
        expect(store.read('f'.repeat(40))).toBeUndefined();
        store.close();

        // The oracles: git checks every byte of pack and index.
        const [index] = fs
          .readdirSync(join(target, 'objects', 'pack'))
          .filter(name => name.endsWith('.idx'));
        run(target, ['verify-pack', `objects/pack/${index}`]);
        const own = readFileSync(join(target, 'objects', 'pack', index));
        const name = join(target, 'again.pack');
        fs.writeFileSync(name, pack);
        run(target, ['index-pack', name]);
        expect(own.equals(readFileSync(join(target, 'again.idx')))).toBe(true);
        const { blob } = await git.readBlob({
          fs,
          gitdir: target,
          oid: oids[0],
        });
        expect(blobs[0].equals(blob)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('are completed when they are thin', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async near => {
        const blobs = [...new Map(near.map(b => [b.toString(), b])).values()];
        fc.pre(blobs.length > 1);
        const source = newRepository();
        const oids = writeBlobs(source, blobs);
        const commits = oids.map((oid, i) => {
          const tree = run(source, ['mktree'], `100644 blob ${oid}\tf\n`);
          const text = `tree ${tree
            .toString()
            .trim()}\nauthor A <a@b> ${i} +0000\ncommitter A <a@b> ${i} +0000\n\n${i}\n`;
          return run(
            source,
            ['hash-object', '-w', '-t', 'commit', '--stdin'],
            text,
          )
            .toString()
            .trim();
        });
        const target = newRepository();
        const store = await openStore(target);
        await add(
          store,
          run(
            source,
            ['pack-objects', '--stdout', '--revs'],
            `${commits[0]}\n`,
          ),
        );
        const thin = run(
          source,
          [
            ...['pack-objects', '--stdout', '--revs', '--thin'],
            ...['--shallow', '--delta-base-offset'],
          ],
          `${commits[1]}\n^${commits[0]}\n`,
        );
        await add(store, thin);
        expect(store.read(oids[1])?.data.equals(blobs[1])).toBe(true);
        store.close();
        for (const name of fs.readdirSync(join(target, 'objects', 'pack'))) {
          if (name.endsWith('.idx')) {
            run(target, ['verify-pack', `objects/pack/${name}`]);
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  it('are refused when a base is nowhere, and leave nothing behind', async () => {
    const source = newRepository();
    const base = Buffer.from(
      Array.from({ length: 400 }, (_, i) => `line ${i * 7919}\n`).join(''),
    );
    const oids = writeBlobs(source, [base]);
    const delta = thinPack(oids[0], base.length);
    const target = newRepository();
    const store = await openStore(target);
    await expect(add(store, delta)).rejects.toMatchObject({
      problem: 'corrupt',
      detail: 'the pack lacks the base of a delta',
    });
    expect(fs.readdirSync(join(target, 'objects', 'pack'))).toEqual([]);
    store.close();

    // The same pack is good where the base is.
    const other = await openStore(source);
    await add(other, run(source, ['pack-objects', '--stdout'], `${oids[0]}\n`));
    expect(await add(other, delta)).toBe(2);
    other.close();
  });

  it('are refused when damaged in any byte, cut short or too large', async () => {
    const source = newRepository();
    const oids = writeBlobs(source, [
      Buffer.from('one\n'.repeat(500)),
      Buffer.from(`${'one\n'.repeat(499)}two\n`),
    ]);
    const pack = run(
      source,
      ['pack-objects', '--stdout', '--delta-base-offset'],
      `${oids.join('\n')}\n`,
    );
    const target = newRepository();
    const store = await openStore(target);
    for (let at = 0; at < pack.length; at++) {
      const damaged = Buffer.from(pack);
      damaged[at] ^= 0x55;
      await expect(add(store, damaged)).rejects.toMatchObject({
        problem: 'corrupt',
      });
      await expect(add(store, pack.subarray(0, at))).rejects.toMatchObject({
        problem: 'corrupt',
      });
    }
    await expect(
      store.addPack({
        chunks: (async function* one() {
          yield pack;
        })(),
        maxBytes: pack.length - 1,
        partial: false,
      }),
    ).rejects.toMatchObject({ problem: 'tooLarge' });
    expect(fs.readdirSync(join(target, 'objects', 'pack'))).toEqual([]);
    store.close();
  });
});
