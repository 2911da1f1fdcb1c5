import { maskText, maskPair, unmaskText } from '../masking';
import { checkReferences, referencesOf } from '../kustomize';
import { checkFile, duplicateObjects, objectsOf, secretFindings } from '.';

/** Everything that is done with a file that somebody sent. */
function useAll(path: string, text: string) {
  const masked = maskText({ path, text });
  expect(unmaskText({ path, edited: masked.text, base: text })).toEqual({
    text,
  });
  maskPair({ path, before: text, after: `${text}\n# more` });
  const before = text.slice(0, text.length / 2);
  checkFile({ path, text, before });
  secretFindings({ path, text, before, policy: 'refuse' });
  objectsOf(text, path);
  duplicateObjects([{ path, text }]);
  referencesOf(path, text);
  checkReferences({ path, text, exists: () => 'file' });
}

const N = 1500;
const lines = (make: (index: number) => string, count = N) =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n');
const bigMap = (name: string) =>
  `${name}: &${name}\n${lines(index => `  k${index}: v`)}\n`;

describe('hostile files', () => {
  it.each([
    [
      'objects that share metadata',
      `${bigMap('m')}items:\n${lines(
        () => '- {kind: Secret, metadata: *m, data: *m}',
      )}`,
    ],
    [
      'objects that share annotations',
      `${bigMap('m')}items:\n${lines(
        () => '- {kind: Secret, metadata: {annotations: *m}}',
      )}`,
    ],
    [
      'maps that merge one list',
      `${bigMap('m')}l: &l [${'*m, '.repeat(N)}]\n${lines(
        index => `x${index}: {<<: *l, kind: Secret}`,
      )}`,
    ],
    [
      'generators that share literals',
      `l: &l [${'a=b, '.repeat(N)}]\nsecretGenerator:\n${lines(
        () => '- {literals: *l, files: *l}',
      )}`,
    ],
    [
      'patches that share a text',
      `p: &p ${'x'.repeat(30_000)}\npatches:\n${lines(
        () => '- {patch: *p, path: /stringData, value: *p}',
      )}`,
    ],
    [
      'long names everywhere',
      `n: &n ${'x'.repeat(30_000)}\nitems:\n${lines(
        () =>
          '- {kind: *n, apiVersion: *n, metadata: {name: *n}, data: {a: *n}}',
      )}\n- kind: Secret`,
    ],
    [
      'long keys deep down',
      `sops: {mac: a}\n${lines(
        level => `${' '.repeat(level)}${'k'.repeat(3000)}:`,
        190,
      )}\n${lines(() => `${' '.repeat(190)}- ENC[a]`)}`,
    ],
    [
      'a list of one object',
      `a: &a {kind: Secret, apiVersion: v1, metadata: {name: a}}\nkind: List\nmetadata: {}\nitems: [${'*a, '.repeat(
        N,
      )}]`,
    ],
    ['many documents', 'kind: Secret\ndata: {a: b\n---\n'.repeat(N)],
    [
      'tokens',
      `kind: Secret\ndata:\n${lines(index => `  a: ⟪masked:${index}⟫`)}`,
    ],
    ['comments', `kind: Secret\r\n${'# a: b\r\n'.repeat(N)}`],
    ['blanks', `kind: Secret\n${' '.repeat(N * 10)}\n${'\t'.repeat(N * 10)}x`],
    ['quotes', `kind: Secret\n${'"'.repeat(N * 3)}`],
    ['dashes', `kind: Secret\n${'- '.repeat(N * 3)}`],
    ['directives', `${'%YAML 1.2\n---\n'.repeat(N)}kind: Secret`],
    ['kinds', `kind: ${'kind: &'.repeat(N)} Secret [`],
  ])('%s take no longer than others', (_, text) => {
    const started = performance.now();
    useAll('kustomization.yaml', text);
    // Every node is looked at a few times, never compared with every other.
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('of 10 MB are answered', () => {
    const started = performance.now();
    const mega = 10 * 1024 * 1024;
    useAll('a.json', `{"kind":"Secret","data":{"a":"${'x'.repeat(mega)}"}}`);
    useAll('a.yaml', 'x'.repeat(mega));
    useAll('a.yaml', '\u0000'.repeat(mega));
    useAll(
      'a.yaml',
      `kind: Secret\ndata:\n  a: |\n${'    x\n'.repeat(mega / 6)}`,
    );
    expect(
      checkFile({ path: 'a.json', text: `["${'x'.repeat(4_000_000)}"]` }),
    ).toEqual([
      expect.objectContaining({
        code: 'manifestTooLarge',
        severity: 'warning',
      }),
    ]);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});
