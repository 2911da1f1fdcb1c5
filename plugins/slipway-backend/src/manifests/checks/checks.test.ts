import fc from 'fast-check';
import {
  checkFile,
  duplicateObjects,
  objectsOf,
  prunedObjects,
  secretFindings,
} from '.';
import { jsonErrorAt } from './jsonErrorAt';

const path = 'dev/redis/redis.yaml';
const short = (findings: ReturnType<typeof checkFile>) =>
  findings.map(({ severity, code, line, column, params }) =>
    `${severity} ${code} ${line}:${column} ${Object.values(params).join(
      ' ',
    )}`.trim(),
  );

describe('checkFile', () => {
  it.each([
    ['a: b\n---\nc: [\n', 'error yamlSyntax 4:1 BAD_INDENT'],
    [
      'kind: Secret\ndata:\n  a: "hunter\n',
      'error yamlSyntax 4:1 MISSING_CHAR',
    ],
    ['a: 1\n---\nb: 1\r\nc: 2\r\nb: 3\r\n', 'error duplicateKey 5:1 b 3'],
    ['{"a": 1, "b": {"a": 1, "a": 2}}', 'error duplicateKey 1:24 a 1'],
    ['a: *b\n', 'error aliasUnknown 1:4'],
    ['a: &a\n  b: *a\n', 'error aliasCycle 2:6'],
    ['a: &a 1\nb: {<<: *a}\n', 'error mergeNotMap 2:9'],
    ['? [a]\n: b\n', 'error keyNotText 1:3'],
    ['a: !hunter b\n', 'warning unknownTag 1:12'],
    ['a: !hunter\n', 'warning unknownTag 1:11'],
    [
      'a: !!binary aGk=\nb: !!str 1\nc: &x {d: 1}\ne: {<<: [*x, *x]}\n',
      undefined,
    ],
    ['a: b\u0000\n', 'error controlCharacter 1:5'],
    [`a: ${'['.repeat(300)}`, 'error tooDeep 1:203 200'],
    ['\ufeffa: b\r\n...\r\n---\r\nc: d', undefined],
    ['', undefined],
    ['# nothing\n', undefined],
    [`a: ${'x'.repeat(1_100_000)}\n`, 'warning manifestTooLarge 1:1'],
    [
      `${'a: b\n---\n'.repeat(500_000)}`,
      'warning manifestTooLarge undefined:undefined',
    ],
  ])('%#: says what and where', (text, expected) => {
    const findings = checkFile({ path, text });
    expect(short(findings).slice(0, 1)).toEqual(expected ? [expected] : []);
    expect(JSON.stringify(findings)).not.toContain('hunter');
  });

  it('reads JSON as JSON, and leaves other files and templates alone', () => {
    const json = (text: string) => short(checkFile({ path: 'a.json', text }));
    expect(json('{"a": 1}\n')).toEqual([]);
    expect(json('\ufeff{"a": [1, 2]}')).toEqual([]);
    expect(json('{"a": "hunter" "b"}')).toEqual(['error jsonSyntax 1:16']);
    expect(json('{"a": 1,\n"b": hunter}')).toEqual(['error jsonSyntax 2:6']);
    expect(json('{"a": [1\n')).toEqual(['error jsonSyntax 2:1']);
    expect(json('a: b\n')).toEqual(['error jsonSyntax 1:1']);
    expect(json('{"a": 01}')).toEqual(['error jsonSyntax 1:7']);
    expect(json(`${'['.repeat(100)}`)).toEqual(['error jsonSyntax 1:101']);
    expect(checkFile({ path: 'run.sh', text: 'a: [\n' })).toEqual([]);
    expect(checkFile({ path, text: undefined, before: 'a: [' })).toEqual([]);
    expect(
      short(
        checkFile({
          path: 'c/templates/a.yaml',
          text: '{{ if }}\na: {{ b }}\n',
        }),
      ),
    ).toEqual(['info templateUnchecked undefined:undefined']);
  });

  it('takes for JSON what the platform takes for JSON', () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\ \n-+.e01ua\u0001',
      'true',
      'null',
      '"a"',
      '1.5',
      '"a":',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map(all => all.join('')),
      fc.json(),
    );
    fc.assert(
      fc.property(text, candidate => {
        let valid = true;
        try {
          JSON.parse(candidate);
        } catch {
          valid = false;
        }
        expect(jsonErrorAt(candidate) === undefined).toBe(valid);
      }),
      { numRuns: 5000 },
    );
  });

  it('counts what aliases would expand to without expanding it', () => {
    const levels = Array.from(
      { length: 60 },
      (_, level) =>
        `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
    );
    const bomb = `l0: &l0 [x]\n${levels.join('\n')}\n`;
    expect(short(checkFile({ path, text: bomb }))).toEqual([
      'error tooManyAliases 1:1 1000000',
    ]);
  });

  it('warns only, of what was wrong before as well, and ends a long list', () => {
    const before = 'a: 1\na: 2\n';
    const text = '# more\na: 1\na: 2\nb: 1\nb: 2\n';
    expect(short(checkFile({ path, text, before }))).toEqual([
      'warning duplicateKey 3:1 a 2',
      'error duplicateKey 5:1 b 4',
    ]);
    expect(checkFile({ path, text: before, before })).toEqual([]);
    const many = checkFile({ path, text: 'a: 1\n'.repeat(1000) });
    expect(many).toHaveLength(51);
    expect(many.at(-1)).toMatchObject({ code: 'moreFindings' });
  });

  it('notices encrypted files that turn plain, as a whole or in part', () => {
    const sops = (values: string, rest = '') =>
      `${values}sops:\n  mac: ENC[m]\n  age: [{enc: x}]\n${rest}`;
    const before = sops(
      'db:\n  user: ENC[u]\n  password: ENC[p]\n  note_unencrypted: n\n',
    );
    const check = (text: string, old: string | undefined = before) =>
      short(checkFile({ path, text, before: old }));
    expect(check(before, undefined)).toEqual([]);
    expect(check('db:\n  user: u\n  password: hunter\n')).toEqual([
      'error sopsTurnedPlain undefined:undefined',
    ]);
    expect(check(before.replace('ENC[p]', 'hunter'))).toEqual([
      'error sopsValuePlain 3:13 password',
      'warning sopsMacKept undefined:undefined',
    ]);
    const added = before
      .replace('db:', 'new: hunter\ndb:')
      .replace('[m]', '[o]');
    expect(check(added)).toEqual(['error sopsValuePlain 1:6 new']);
    expect(
      check(added.replace('  mac', '  encrypted_regex: x\n  mac')),
    ).toEqual([]);
    expect(check('db: {user: "ENC[u]"}\n')).toEqual([]);
    expect(
      short(
        checkFile({
          path: 'a.env',
          text: 'A=hunter\n',
          before: 'A=ENC[x]\nsops_mac=ENC[y]\n',
        }),
      ),
    ).toEqual(['error sopsTurnedPlain undefined:undefined']);
  });
});

describe('secretFindings', () => {
  const secret = (data: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData:\n${data}`;
  const check = (
    text: string,
    before?: string,
    policy: 'refuse' | 'warn' | 'allow' = 'refuse',
  ) => {
    const findings = secretFindings({ path, text, before, policy });
    expect(JSON.stringify(findings)).not.toContain('hunter');
    return short(findings);
  };

  it('refuses what is new or changed, by policy, and lets pass what was there', () => {
    const before = secret('  a: hunter1\n  b: hunter2\n');
    const after = secret('  c: hunter1\n  b: "hunter2"\n  a: hunter3\n');
    expect(check(after, before)).toEqual([
      'error plainSecret 5:6 c Secret shop/db',
      'error plainSecret 7:6 a Secret shop/db',
    ]);
    expect(check(after, before, 'warn')[0]).toMatch(/^warning plainSecret/);
    expect(check(after, before, 'allow')).toEqual([]);
    expect(check(before, before)).toEqual([]);
    expect(
      check(before.replace('name: db', 'name: other'), before),
    ).toHaveLength(2);
    expect(check(before)).toHaveLength(2);
  });

  it('asks nothing of what is safe, and everything of what cannot be read', () => {
    for (const text of [
      secret(
        '  a: ENC[x]\n  b: ""\n  c: ~\n  d:\n  e: ${PASSWORD}\n  f: <path:kv/db#x>\n',
      ),
      'a: ENC[x]\nsops: {mac: "ENC[x]", age: [{enc: "-----BEGIN"}]}\n',
      'kind: ConfigMap\ndata: {a: hunter}\n',
      secret('  # old: hunter\n  a: ""\n'),
    ]) {
      expect(check(text)).toEqual([]);
    }
    expect(check('kind: Secret\ndata: {a: hunter')).toEqual([
      'error secretUnreadable 1:1',
    ]);
    const literals =
      'kind: Kustomization\nmetadata: {name: x}\nsecretGenerator:\n- literals: [A=, B=hunter]\n';
    expect(check(literals)).toEqual([
      'error plainSecret 4:20 B Kustomization x',
    ]);
  });
});

describe('objects', () => {
  const config = (name: string, namespace?: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${
      namespace ? `  namespace: ${namespace}\n` : ''
    }`;

  it('are found in documents, lists and JSON, with their lines', () => {
    const text = `# head\n${config('a')}---\nbroken: [\n---\n${config(
      'b',
      'x',
    )}---
apiVersion: v1
kind: List
items:
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: c}}
- kind: Nameless
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
metadata: {name: d}
`;
    expect(objectsOf(text, path)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'a',
        file: path,
        line: 2,
        document: 0,
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'b',
        namespace: 'x',
        file: path,
        line: 9,
        document: 2,
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'c',
        file: path,
        line: 18,
        document: 3,
      },
    ]);
    expect(
      objectsOf(
        '{"apiVersion":"v1","kind":"A","metadata":{"name":"b"}}',
        'a.json',
      ),
    ).toHaveLength(1);
    expect(objectsOf(text, 'README.md')).toEqual([]);
  });

  it('are told apart by group, kind, namespace and name', () => {
    const a = { path: 'a.yaml', text: config('a') };
    const b = { path: 'b.yaml', text: `${config('b')}---\n${config('a')}` };
    expect(duplicateObjects([a, b])).toEqual([
      {
        severity: 'error',
        code: 'duplicateObject',
        params: {
          kind: 'ConfigMap',
          name: 'a',
          namespace: '',
          firstFile: 'a.yaml',
          firstLine: '1',
        },
        file: 'b.yaml',
        line: 6,
        column: 1,
      },
    ]);
    expect(duplicateObjects([a, b], [b, a])).toMatchObject([
      { severity: 'warning' },
    ]);
    expect(
      duplicateObjects([a, { path: 'c.yaml', text: config('a', 'x') }]),
    ).toEqual([]);

    expect(prunedObjects([a, b], [b])).toEqual([]);
    expect(prunedObjects([a, b], [a])).toMatchObject([
      { name: 'b', file: 'b.yaml', line: 1 },
    ]);
    const beta = {
      path: 'd.yaml',
      text: 'apiVersion: x.io/v1beta1\nkind: D\nmetadata: {name: d}\n',
    };
    const stable = { path: 'd.yaml', text: beta.text.replace('v1beta1', 'v1') };
    expect(prunedObjects([beta], [stable])).toEqual([]);
  });
});
