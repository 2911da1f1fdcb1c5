import fc from 'fast-check';
import { Document } from 'yaml';
import { maskedLines, maskPair, maskText, unmaskText } from '.';

const path = 'a.yaml';
const roundTrip = (text: string, file = path) => {
  const { text: edited } = maskText({ path: file, text });
  expect(unmaskText({ path: file, edited, base: text })).toEqual({ text });
  return edited;
};

/** Distinct from everything else in a manifest. */
const value = fc
  .tuple(
    fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
    fc.integer({ min: 1000, max: 9999 }),
    fc.constantFrom('', '\n', '\n\n', ' ', '\n  x: y\n', ': ', ' #', '"', "'"),
  )
  .map(([text, number, end]) => `s${number}ecret${text}${end}`);
const style = fc.constantFrom(
  'PLAIN',
  'QUOTE_DOUBLE',
  'QUOTE_SINGLE',
  'BLOCK_LITERAL',
  'BLOCK_FOLDED',
);
const entries = fc.uniqueArray(
  fc.tuple(fc.string({ maxLength: 8 }), value, style),
  {
    selector: ([key]) => key,
    maxLength: 5,
  },
);
const secret = fc
  .tuple(
    fc.string({ maxLength: 5 }),
    entries,
    entries,
    fc.boolean(),
    fc.boolean(),
  )
  .map(([name, data, stringData, flow, list]) => {
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      data: Object.fromEntries(data.map(([key, text]) => [key, text])),
      stringData: Object.fromEntries(
        stringData.map(([key, text]) => [key, text]),
      ),
    };
    const document = new Document(
      list ? { kind: 'List', items: [object] } : object,
    );
    for (const [field, pairs] of Object.entries({ data, stringData })) {
      for (const [key, , type] of pairs) {
        const at = list ? ['items', 0, field, key] : [field, key];
        const node = document.getIn(at, true);
        if (node && typeof node === 'object' && 'value' in node) {
          Object.assign(node, { type });
        }
      }
    }
    const text = document.toString({
      lineWidth: flow ? 20 : 80,
      collectionStyle: flow ? 'flow' : 'any',
    });
    return { text, secrets: [...data, ...stringData].map(([, said]) => said) };
  });

const lines = fc
  .array(
    fc.constantFrom(
      'kind: Secret',
      'data:',
      '  a: bcde',
      '  a: |',
      '    ⟪masked:1⟫',
      '- x: "y',
      '"',
      '---',
      '...',
      '# c: d',
      'sops:',
      '  mac: ENC[x]',
      '{',
      '}',
      '  <<: *a',
      '&a b',
      '*a : c',
      '\t',
      '? x',
      '%YAML 1.2',
      '!!binary x',
      '',
      'secretGenerator: [{name: a, literals: [A=b]}]',
    ),
    { maxLength: 15 },
  )
  .chain(parts =>
    fc.constantFrom('\n', '\r\n').map(separator => parts.join(separator)),
  );

describe('masking', () => {
  it('hides every value however it is written, and gives it back', () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (secrets, crlf) => {
          const joined = secrets.map(({ text }) => text).join('---\n');
          const text = crlf ? joined.replaceAll('\n', '\r\n') : joined;
          const masked = roundTrip(text);
          expect(masked).not.toMatch(/s\d{4}ecret/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives back anything that was masked, broken or not', () => {
    const anything = fc.oneof(
      lines,
      fc.string({ unit: 'binary' }),
      fc.string().map(text => `kind: Secret\nstringData: ${text}`),
      fc.json().map(text => `{"kind":"Secret","data":${text}}`),
    );
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom('a.yaml', 'a.json', 'a.env', 'a'),
        roundTripOf,
      ),
      { numRuns: 3000 },
    );
    function roundTripOf(text: string, file: string) {
      const masked = roundTrip(text, file);
      const same = maskPair({ path: file, before: text, after: text });
      expect(same.before).toBe(masked);
      expect(same.after).toBe(masked);
      expectLines(text, masked, file);
    }
    /** Each line of the masked text is where its lines are said to be. */
    function expectLines(text: string, masked: string, file: string) {
      const places = maskedLines({ path: file, text });
      const shown = masked.split('\n');
      const written = text.split('\n');
      expect(places).toHaveLength(written.length);
      expect([...new Set(places)]).toEqual([...shown.keys()]);
      const moved = written.filter((line, index) => {
        const now = shown[places[index]];
        return now !== line && !now.includes('⟪masked:');
      });
      expect(moved).toEqual([]);
    }
  });
});
