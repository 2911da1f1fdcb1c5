import { maskPair, maskText, unmaskText } from '.';

const path = 'shop/dev/secret.yaml';

function mask(text: string, file = path) {
  const masked = maskText({ path: file, text });
  expect(unmaskText({ path: file, edited: masked.text, base: text })).toEqual({
    text,
  });
  return masked;
}

const secret = (lines: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n${lines}`;

describe('maskText', () => {
  it('replaces every form of a value and keeps every other byte', () => {
    const text = `\ufeff# Owned by data\r
apiVersion: v1\r
kind: "Secret"   # quoted\r
metadata:\r
  name: db\r
  annotations:\r
    team: data\r
    kubectl.kubernetes.io/last-applied-configuration: |\r
      {"stringData":{"password":"hunter00"}}\r
type: Opaque\r
data:\r
  plain: aHVudGVyMDE=   # why\r
  'odd key!': !!binary |\r
    aHVudGVyMDI=\r
  ? complex\r
  : hunter03\r
  flow: { a: hunter04, "b": 'hunter05', c: [hunter06] }\r
  # old: hunter07\r
stringData:\r
  double: "hunter08\\r
    \\"hunter09"\r
  folded: &f >+2\r
      hunter10\r
\r
    hunter11\r
\r
  long: hunter12\r
    hunter13\r
  same: *f\r
  empty:\r
`;
    const { text: masked, masked: count } = mask(text);
    expect(masked).toBe(`\ufeff# Owned by data\r
apiVersion: v1\r
kind: "Secret"   # quoted\r
metadata:\r
  name: db\r
  annotations:\r
    team: data\r
    kubectl.kubernetes.io/last-applied-configuration: ⟪masked:1⟫\r
type: Opaque\r
data:\r
  plain: ⟪masked:2⟫   # why\r
  'odd key!': !!binary ⟪masked:3⟫\r
  ? complex\r
  : ⟪masked:4⟫\r
  flow: { a: ⟪masked:5⟫, "b": ⟪masked:6⟫, c: [⟪masked:7⟫] }\r
  # ⟪masked:8⟫\r
stringData:\r
  double: ⟪masked:9⟫\r
  folded: &f ⟪masked:10⟫\r
  long: ⟪masked:11⟫\r
  same: *f\r
  empty:\r
`);
    expect(count).toBe(11);
  });

  it.each([
    [
      'a list',
      'kind: List\nitems:\n- kind: Secret\n  metadata: {name: a}\n  data: {x: hunter}\n',
    ],
    ['a list of Secrets', 'kind: SecretList\nitems:\n- data: {x: hunter}\n'],
    ['a kind by alias', 'x: &k Secret\nkind: *k\ndata: {x: hunter}\n'],
    ['a kind in escapes', 'kind: "\\u0053ec\\x72et"\ndata: {x: hunter}\n'],
    ['a kind on the next line', 'kind: >-\n  Secret\ndata: {x: hunter}\n'],
    ['a kind twice', 'kind: Secret\nkind: ConfigMap\ndata: {x: hunter}\n'],
    ['a misspelt kind', 'kind: secret\ndata: {x: hunter}\n'],
    [
      'a misspelt field',
      'kind: Secret\nmetadata: {name: a}\nstringdata: {x: hunter}\nDta: hunter\n',
    ],
    [
      'data defined elsewhere',
      'a: &d {x: hunter}\nb: {kind: Secret, data: *d}\n',
    ],
    ['a merged map', 'a: &d {x: hunter}\nb: {kind: Secret, data: {<<: *d}}\n'],
    [
      'a merged Secret',
      'a: &d {kind: ConfigMap, data: {x: hunter}}\nb: {<<: [*d], kind: Secret}\n',
    ],
    ['a merged kind', 'a: &d {kind: Secret}\nb: {<<: *d, data: {x: hunter}}\n'],
    [
      'an anchor set anew',
      'a: &d x\nb: &d hunter\nc: {kind: Secret, data: {x: *d}}\n',
    ],
    [
      'a manifest inside another',
      'spec:\n  forProvider:\n    manifest: {kind: Secret, stringData: {x: hunter}}\n',
    ],
    [
      'a patch in a Kustomization',
      'patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: add, path: /data/x, value: hunter}\n',
    ],
    [
      'a merge patch',
      'patchesStrategicMerge:\n- |-\n  kind: Secret\n  stringData: {x: hunter}\n',
    ],
    ['a generator', 'kind: SecretGenerator\nliterals: [x=hunter]\n'],
    [
      'sops',
      'a: ENC[hunter]\n#ENC[hunter]\nsops:\n  mac: ENC[hunter]\n  age: [{recipient: r, enc: "hunter\\n hunter"}]\n',
    ],
    ['a broken Secret', 'apiVersion: v1\nkind: Secret\ndata:\n  x: "hunter\n'],
    [
      'a template',
      'kind: Secret\ndata:\n  {{- if .Values.x }}\n  x: hunter\n  {{- end }}\n',
    ],
    [
      'a Secret broken in its kind',
      'kind: *x Secret\n  stringData: {x: hunter\n',
    ],
    [
      'control characters',
      'kind: Secret\ndata:\n  x: \u001f\n  y: hunter\u0000\n',
    ],
    ['too many levels', `kind: Secret\ndata: ${'['.repeat(500)}hunter\n`],
    ['JSON', '{"kind":"Secret","data":{"x":"hunter","y":"hunter"}}', 'a.json'],
    ['a file of another name', secret('data: {x: hunter}\n'), 'secret'],
    ['a template by name', secret('data: {x: hunter}\n'), 'secret.yaml.tpl'],
    [
      'dotenv',
      'A=ENC[hunter]\n#ENC[hunter]\nsops_age__list_0__map_enc=--\\nhunter\nsops_mac=ENC[hunter]\n',
      'a.env',
    ],
    [
      'INI',
      '[a]\nb = ENC[hunter]\n[sops]\nage__list_0__map_enc = hunter\n',
      'a.ini',
    ],
    [
      'an encrypted binary',
      '{\n\t"data": "ENC[hunter]",\n\t"sops": {"mac": "ENC[hunter]"}\n}\n',
      'logo.png.json',
    ],
  ])('hides the values of %s', (_, text, file = path) => {
    const masked = mask(text, file);
    expect(masked.text).not.toContain('hunter');
    expect(masked.masked).toBeGreaterThan(0);
  });

  it('shows what is not known to be secret, and withholds no more than the document that is broken', () => {
    for (const text of [
      'kind: ConfigMap\ndata:\n  a.yaml: |\n    kind: Secret\n    stringData: {x: y}\n',
      'kind: Deployment\nspec: {volumes: [{secret: {secretName: a}}]}\n',
      'kind: HelmRelease\nspec:\n  valuesFrom:\n  - kind: Secret\n    name: a\n    valuesKey: b\n',
      'database:\n  password: {secret: default}\n',
      'kind: ConfigMap\ndata: [broken\n',
      'a: "[unclosed\nsecretName: x\n',
    ]) {
      expect(mask(text)).toEqual({ text, masked: 0 });
    }
    const parts = [
      'kind: ConfigMap\n',
      'kind: Secret\ndata: [a\n',
      secret('data: {a: b}\n'),
    ];
    expect(mask(parts.join('---\n'))).toEqual({
      text: `${parts[0]}---\n⟪masked:1⟫\n---\n${secret(
        'data: {a: ⟪masked:2⟫}\n',
      )}`,
      masked: 2,
      withheld: 'unparsable',
    });
  });

  it('keeps JSON readable as JSON, and names in literals', () => {
    const json = '{"kind":"Secret","data":{"a":"hunter","b":{"c":[1,null]}}}';
    expect(JSON.parse(mask(json, 'a.json').text)).toEqual({
      kind: 'Secret',
      data: { a: '⟪masked:1⟫', b: { c: ['⟪masked:2⟫', '⟪masked:3⟫'] } },
    });
    const generator =
      'secretGenerator:\n- name: a\n  literals:\n  - A=b=c\n  - "D=\\"e"\n';
    expect(mask(generator).text).toBe(
      'secretGenerator:\n- name: a\n  literals:\n  - A=⟪masked:1⟫\n  - "D=⟪masked:2⟫"\n',
    );
  });

  it('never expands, and takes time in proportion to the length', () => {
    const levels = Array.from(
      { length: 100 },
      (_, level) =>
        `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
    );
    const bomb = `l0: &l0 [hunter]\n${levels.join(
      '\n',
    )}\nkind: Secret\ndata: *l100\n`;
    expect(mask(bomb).text).not.toContain('hunter');
    expect(
      mask('kind: Secret\ndata: &a [*a, *b, {<<: *a}, hunter]\n').masked,
    ).toBe(1);
    const merges = Array.from(
      { length: 3000 },
      (_, level) =>
        `m${level}: &m${level} {<<: *m${
          level - 1
        }, kind: Secret, data: {a: hunter}}\n`,
    );
    expect(mask(merges.join('')).masked).toBe(3000);
    const long = `kind: Secret\ndata:\n${'  a: hunter\n'.repeat(1_000_000)}`;
    expect(mask(long)).toEqual({
      text: '⟪masked:1⟫\n',
      masked: 1,
      withheld: 'unparsable',
    });
    const many = `${'#\r\n'.repeat(100_000)}kind: Secret`;
    expect(mask(many).masked).toBe(0);
  });
});

describe('unmaskText', () => {
  const base = `${secret(
    'data:\n  user: hunter01\n  password: >-\n    hunter02\n    hunter03\n',
  )}---
kind: ConfigMap
metadata: {name: notes}
data:
  note: this is no token ⟪masked:1⟫ nor is ⟪masked
`;
  const masked = maskText({ path, text: base }).text;
  const user = 'user: ⟪masked:2⟫';
  const password = 'password: ⟪masked:3⟫';

  it('puts values back around any edit that leaves their place', () => {
    expect(masked).toContain(`  ${user}\n  ${password}\n`);
    const edits: Array<[string, string, string, string]> = [
      [
        '\ndata:',
        '\n# new\ndata:\n  added: plain',
        '\ndata:',
        '\n# new\ndata:\n  added: plain',
      ],
      [`  ${user}\n`, '', '  user: hunter01\n', ''],
      [user, 'user: "⟪masked:2⟫"', 'x', 'x'],
      [user, 'user: changed', 'user: hunter01', 'user: changed'],
      [
        'apiVersion',
        '---\nkind: Other\n---\napiVersion',
        'apiVersion',
        '---\nkind: Other\n---\napiVersion',
      ],
      ['no token', 'still no token', 'no token', 'still no token'],
      [
        `  ${user}\n  ${password}`,
        `  ${password}\n  ${user}`,
        '  user: hunter01\n  password: >-\n    hunter02\n    hunter03',
        '  password: >-\n    hunter02\n    hunter03\n  user: hunter01',
      ],
    ];
    for (const [from, to, was, is] of edits) {
      const edited = masked.replace(from, () => to);
      expect(edited).not.toBe(masked);
      expect(unmaskText({ path, edited, base })).toEqual({
        text: base.replace(was, () => is),
      });
    }
  });

  it.each([
    ['unknown', user, 'user: ⟪masked:7⟫', 'maskTokenUnknown', 6, 9],
    ['with a star', user, 'user: ⟪masked:2*⟫', 'maskTokenUnknown', 6, 9],
    ['under another key', user, 'login: ⟪masked:2⟫', 'maskTokenMoved', 6, 10],
    ['in another object', 'name: db', 'name: other', 'maskTokenMoved', 6, 9],
    [
      'in an object of another kind',
      'kind: Secret',
      'kind: ConfigMap',
      'maskTokenMoved',
      6,
      9,
    ],
    ['in another document', 'this is', '⟪masked:2⟫', 'maskTokenDoubled', 12, 9],
    ['in a comment', `  ${user}`, '# ⟪masked:2⟫', 'maskTokenMoved', 6, 3],
    ['in a key', user, '⟪masked:2⟫: x', 'maskTokenMoved', 6, 3],
    ['twice', user, `${user}\n  ${user}`, 'maskTokenDoubled', 7, 9],
    ['with more behind it', user, `${user}4`, 'maskTokenBroken', 6, 9],
    ['without its end', user, 'user: ⟪masked:2', 'maskTokenBroken', 6, 9],
    ['without its start', user, 'user: masked:2⟫', 'maskTokenBroken', 6, 9],
    ['without both', user, 'user: masked:2', 'maskTokenBroken', 6, 9],
    ['without its word', user, 'user: ⟪2⟫', 'maskTokenBroken', 6, 9],
    [
      'with a comment behind a block',
      password,
      `${password} # x`,
      'maskTokenBroken',
      7,
      13,
    ],
    [
      'in what cannot be read',
      user,
      `${user}]\n  "`,
      'maskTokenUnreadable',
      6,
      9,
    ],
    [
      'where it would not be masked',
      'kind: Secret',
      'kind: [Secret]',
      'maskTokenMoved',
      6,
      9,
    ],
  ])('refuses a token %s', (_, from, to, code, line, column) => {
    const edited = masked.replace(from, () => to);
    const result = unmaskText({ path, edited, base });
    expect(result).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          severity: 'error',
          code,
          file: path,
          line,
          column,
        }),
      ]),
    });
    expect(JSON.stringify(result)).not.toContain('hunter');
  });

  it('refuses a token typed into a file that has none, and one for a whole document elsewhere', () => {
    const typed = secret('data:\n  a: ⟪masked:1⟫\n');
    for (const old of [undefined, 'kind: ConfigMap\n']) {
      expect(unmaskText({ path, edited: typed, base: old })).toMatchObject({
        problems: [{ code: 'maskTokenUnknown', line: 6, column: 6 }],
      });
    }
    const broken = 'kind: Secret\ndata: [hunter\n';
    expect(
      unmaskText({ path, edited: 'kind: A\n---\n⟪masked:1⟫\n', base: broken }),
    ).toEqual({ text: `kind: A\n---\n${broken}` });
    expect(
      unmaskText({ path, edited: 'a: ⟪masked:1⟫\n', base: broken }),
    ).toMatchObject({ problems: [{ code: 'maskTokenMoved' }] });
  });
});

describe('maskPair', () => {
  it('shows that a value was changed, and nothing else about it', () => {
    const before = secret('data:\n  a: one\n  b: two\n  c: same\n');
    const after = secret('data:\n  c: same\n  a: longer\n  d: same\n');
    expect(maskPair({ path, before, after })).toEqual({
      before: secret(
        'data:\n  a: ⟪masked:1⟫\n  b: ⟪masked:2⟫\n  c: ⟪masked:3⟫\n',
      ),
      after: secret(
        'data:\n  c: ⟪masked:3⟫\n  a: ⟪masked:1*⟫\n  d: ⟪masked:4⟫\n',
      ),
      masked: 4,
    });
    expect(maskPair({ path, before })).toEqual({
      before: maskText({ path, text: before }).text,
      masked: 3,
    });
    const broken = 'kind: Secret\ndata: [';
    expect(
      maskPair({ path, before: `${broken}a\n`, after: `${broken}b\n` }),
    ).toEqual({
      before: '⟪masked:1⟫\n',
      after: '⟪masked:1*⟫\n',
      masked: 1,
    });
  });
});
