import fc from 'fast-check';
import { parseTree } from './treeParser';

const OID = '0123456789abcdef0123456789abcdef01234567';

function encode(entries: { mode: string; name: Buffer; oid: string }[]) {
  return Buffer.concat(
    entries.flatMap(({ mode, name, oid }) => [
      Buffer.from(`${mode} `),
      name,
      Buffer.from([0]),
      Buffer.from(oid, 'hex'),
    ]),
  );
}

function parseName(name: string | Buffer) {
  const bytes = Buffer.from(name);
  return parseTree(encode([{ mode: '100644', name: bytes, oid: OID }]))[0];
}

describe('parseTree', () => {
  it('reads back any tree', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter(
        text =>
          !/[\0/]/.test(text) &&
          !['.', '..', '.git'].includes(text.toLowerCase()),
      );
    const entry = fc.record({
      mode: fc.constantFrom('40000', '100644', '100755', '120000', '160000'),
      name,
      oid: fc
        .uint8Array({ minLength: 20, maxLength: 20 })
        .map(bytes => Buffer.from(bytes).toString('hex')),
    });
    fc.assert(
      fc.property(fc.array(entry), entries => {
        const bytes = encode(
          entries.map(item => ({ ...item, name: Buffer.from(item.name) })),
        );
        expect(parseTree(bytes)).toEqual(entries);
      }),
    );
  });

  it.each([
    ['not UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'a\\xffb'],
    ['half a character', Buffer.from([0xe7, 0x8e, 0x61]), '\\xe7\\x8ea'],
    ['a good part kept', Buffer.from([0xe7, 0x8e, 0xaf, 0xfe]), '环\\xfe'],
    ['a slash inside', 'a/b', 'a\\x2fb'],
    ['Git itself', '.GIT', '.GIT'],
    ['the parent', '..', '..'],
    ['the folder', '.', '.'],
    ['nothing', '', ''],
  ])('marks a name that nothing may claim: %s', (_, name, shown) => {
    expect(parseName(name)).toEqual({
      mode: '100644',
      name: shown,
      oid: OID,
      invalidName: true,
    });
  });

  it('keeps two different bad names apart', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        (a, b) => {
          fc.pre(!a.includes(0) && !b.includes(0));
          fc.pre(Buffer.compare(a, b) !== 0);
          const [first, second] = [a, b].map(name =>
            parseName(Buffer.from(name)),
          );
          expect([first.name, first.invalidName]).not.toEqual([
            second.name,
            second.invalidName,
          ]);
        },
      ),
    );
  });

  it('normalises the modes of old tools and refuses damage', () => {
    const old = encode([
      { mode: '040000', name: Buffer.from('dir'), oid: OID },
      { mode: '100664', name: Buffer.from('file'), oid: OID },
    ]);
    expect(parseTree(old).map(entry => entry.mode)).toEqual([
      '40000',
      '100644',
    ]);
    for (const cut of [1, 8, 20, old.length - 1]) {
      expect(() => parseTree(old.subarray(0, cut))).toThrow(/corrupt/);
    }
    expect(() => parseTree(Buffer.concat([Buffer.from('x'), old]))).toThrow(
      /corrupt/,
    );
  });
});
