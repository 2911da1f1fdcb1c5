import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { stringify } from 'yaml';
import { parseSlipwayFile } from './parseSlipwayFile';
import {
  configRepoFileSchema,
  copyRulesFileSchema,
  environmentFileSchema,
} from './schemas';
import { environmentFilePath, slipwayFileAt } from './slipwayPaths';

const ENVIRONMENT = `# who runs here
apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: qa, title: 测试 }
spec:
  targets: [{ cluster: gd, namespace: shop-qa }]
  stage: qa
  modules:
    cart: { title: 购物车, owner: 'group:default/shop', entity: 'component:default/cart' }
    constructor: {}
`;

const REPO = `apiVersion: slipway.dev/v1alpha1
kind: ConfigRepo
metadata: { name: shop }
spec:
  layouts:
    - path: '{environment}/{module}'
    - { path: 'namespaces/{cluster}/{module}-{stage:dev|prod}', environment: '{cluster}-{stage}' }
  engine: { kind: argocd, manifests: 'apps/{environment}-{module}.yaml' }
  stages: [dev, live]
  branchRules:
    - { branch: 'dev', environments: [dev] }
    - { tag: '.*', environments: [prod1, prod2], imagesFrom: ['registry.example/shop/*'] }
  approvals:
    - { match: { stages: [dev] }, require: [] }
    - { match: { stages: [live] }, require: [{ role: qa, group: 'group:default/qa' }] }
`;

function environment(text: string) {
  const path = environmentFilePath('qa');
  return parseSlipwayFile({ path, text, kind: 'Environment' });
}

function repo(text: string, name?: string) {
  const path = '.slipway/repo.yaml';
  return parseSlipwayFile({ path, text, kind: 'ConfigRepo', name });
}

/** `code line:column param=value …` of each finding. */
function told({ findings }: ReturnType<typeof repo | typeof environment>) {
  return findings.map(({ code, line, column, params }) =>
    [
      code,
      line === undefined ? '-' : `${line}:${column}`,
      ...Object.entries(params).map(([key, value]) => `${key}=${value}`),
    ].join(' '),
  );
}

describe('parseSlipwayFile', () => {
  it('reads an environment', () => {
    const { value, findings } = environment(ENVIRONMENT);
    expect(findings).toEqual([]);
    expect(value).toEqual({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'qa', title: '测试' },
      spec: {
        targets: [{ cluster: 'gd', namespace: 'shop-qa' }],
        stage: 'qa',
        modules: {
          cart: {
            title: '购物车',
            owner: 'group:default/shop',
            entity: 'component:default/cart',
          },
          constructor: {},
        },
      },
    });
    expect(value?.spec.modules.toString).toBeUndefined();
    const windows = `\uFEFF${ENVIRONMENT.replace(/\n/g, '\r\n')}`;
    expect(environment(windows)).toEqual({ value, findings });
  });

  it('reads rewrite rules', () => {
    const read = (rules: string) =>
      parseSlipwayFile({
        path: '.slipway/copyRules/edge.yaml',
        text: `apiVersion: slipway.dev/v1alpha1\nkind: CopyRules\nmetadata: { name: edge }\nspec: { rules: [${rules}] }\n`,
        kind: 'CopyRules',
      });
    const { value, findings } = read("{ type: replicas, to: '1' }");
    expect(findings).toEqual([]);
    expect(value?.spec.rules).toEqual([{ type: 'replicas', to: '1' }]);
    expect(read('{ type: magic }').findings).toEqual([
      expect.objectContaining({ code: 'schemaInvalid', line: 4 }),
    ]);
    expect(read('').value).toBeUndefined();
    expect(slipwayFileAt('.slipway/copyRules/edge.yaml')).toEqual({
      kind: 'CopyRules',
      name: 'edge',
    });
  });

  it('reads a config repo and fills in what it leaves out', () => {
    const { value, findings } = repo(REPO, 'shop');
    expect(findings).toEqual([]);
    expect(value?.spec.approvals[1].require).toEqual([
      { role: 'qa', group: 'group:default/qa', count: 1 },
    ]);
    const short = `${REPO.slice(0, REPO.indexOf('spec:'))}spec: {}\n`;
    expect(repo(short).value?.spec).toEqual({
      layouts: [{ path: '{environment}/{module}' }],
      ignore: [],
      stages: [],
      branchRules: [],
      approvals: [],
    });
  });

  const broken: Array<
    [what: string, from: string, to: string, told: string[]]
  > = [
    [
      'a typo in a key',
      'stage: qa',
      'stge: qa',
      ['unknownKey 7:3 path=spec key=stge suggestion=stage'],
    ],
    [
      'a key from nowhere',
      'stage: qa',
      'zzz: qa',
      ['unknownKey 7:3 path=spec key=zzz'],
    ],
    [
      'a wrong key deep inside',
      'entity:',
      'entty:',
      ['unknownKey 9:54 path=spec.modules.cart key=entty suggestion=entity'],
    ],
    [
      'no targets',
      'targets: [{ cluster: gd, namespace: shop-qa }]',
      'targets: []',
      ['schemaInvalid 6:12 path=spec.targets keyword=minItems expected=1'],
    ],
    [
      'a missing key',
      ', namespace: shop-qa',
      '',
      ['missingKey 6:13 path=spec.targets[0] key=namespace'],
    ],
    [
      'a number for a text',
      'stage: qa',
      'stage: 3',
      ['schemaInvalid 7:10 path=spec.stage keyword=type expected=string'],
    ],
    [
      'a namespace that is none',
      'shop-qa',
      'Shop_QA',
      [
        'schemaInvalid 6:39 path=spec.targets[0].namespace keyword=pattern expected=Kubernetes namespace, an RFC 1123 label.',
      ],
    ],
    [
      'the same target twice',
      '[{ cluster: gd, namespace: shop-qa }]',
      '[{ cluster: gd, namespace: a }, { cluster: gd, namespace: a }]',
      ['schemaInvalid 6:12 path=spec.targets keyword=uniqueItems expected='],
    ],
    [
      'an entity ref that is none',
      'component:default/cart',
      'cart',
      ['entityRefInvalid 9:62 path=spec.modules.cart.entity'],
    ],
    [
      'a module name that leaves its folder',
      'cart: {',
      '../cart: {',
      ['nameInvalid 9:5 path=spec.modules.../cart problem=leadingDot'],
    ],
    ['a number for a module', 'cart: {', '12: {', ['keyNotText 9:5']],
    [
      'a stage that is an option',
      'stage: qa',
      'stage: -f',
      ['nameInvalid 7:10 path=spec.stage problem=leadingDash'],
    ],
    [
      'another name than the file',
      'name: qa',
      'name: qa2',
      ['nameMismatch 4:19 expected=qa actual=qa2'],
    ],
    [
      'another kind',
      'kind: Environment',
      'kind: ConfigRepo',
      ['wrongKind 3:7 expected=Environment actual=ConfigRepo'],
    ],
    [
      'another version',
      'v1alpha1',
      'v2',
      [
        'wrongApiVersion 2:13 expected=slipway.dev/v1alpha1 actual=slipway.dev/v2',
      ],
    ],
    [
      'a key twice',
      '  stage: qa',
      '  stage: qa\n  stage: live',
      ['duplicateKey 8:3 key=stage firstLine=7'],
    ],
    ['a tag', 'stage: qa', 'stage: !secret qa', ['customTag 7:18 tag=!secret']],
    [
      'a merge key',
      'stage: qa',
      '<<: { stage: qa }',
      ['unknownKey 7:3 path=spec key=<<'],
    ],
    [
      'a second document',
      '    constructor: {}\n',
      '---\na: 1\n',
      ['multipleDocuments 10:1'],
    ],
    [
      'broken syntax',
      'metadata: {',
      'metadata: {{',
      [
        'yamlSyntax 5:1 code=BAD_INDENT message=Flow map in block collection must be sufficiently indented and end with a }',
      ],
    ],
    [
      'a prototype',
      'stage: qa',
      '__proto__: { stage: qa }',
      ['unknownKey 7:3 path=spec key=__proto__'],
    ],
  ];
  it.each(broken)('says where there is %s', (_, from, to, expected) => {
    const text = ENVIRONMENT.replace(from, to);
    expect(text).not.toBe(ENVIRONMENT);
    const result = environment(text);
    expect(result.value).toBeUndefined();
    expect(told(result)).toEqual(expected);
    expect(result.findings[0]).toMatchObject({
      severity: 'error',
      file: '.slipway/environments/qa.yaml',
    });
  });

  it.each([
    [
      "tag: '.*'",
      "tag: '.*', branch: x",
      [
        'schemaInvalid 12:7 path=spec.branchRules[1] keyword=oneOf expected=Either branch or tag.',
      ],
    ],
    [
      "tag: '.*', ",
      '',
      [
        'schemaInvalid 12:7 path=spec.branchRules[1] keyword=oneOf expected=Either branch or tag.',
      ],
    ],
    [
      'kind: argocd',
      'kind: Argo',
      [
        'schemaInvalid 8:19 path=spec.engine.kind keyword=pattern expected=argocd, flux, or what a further module brings.',
      ],
    ],
    [
      "group: 'group:default/qa'",
      "group: 'qa', count: 0",
      [
        'entityRefInvalid 15:65 path=spec.approvals[1].require[0].group',
        'schemaInvalid 15:78 path=spec.approvals[1].require[0].count keyword=minimum expected=1',
      ],
    ],
  ])('refuses a config repo with %s changed to %s', (from, to, expected) => {
    const text = REPO.replace(from, to);
    expect(text).not.toBe(REPO);
    expect(repo(text).value).toBeUndefined();
    expect(told(repo(text))).toEqual(expected);
  });

  it.each([
    [
      "path: '{environment}/{module}'",
      "path: '{environment}-{module}'",
      ['templateAmbiguous 6:13 segment={environment}-{module}'],
    ],
    [
      "environment: '{cluster}-{stage}'",
      "environment: '{cluster}'",
      ['placeholderUnknown 7:15 placeholder=stage'],
    ],
    [
      'apps/{environment}',
      '../apps/{environment}',
      ['templateDotSegment 8:38 segment=..'],
    ],
    [
      'apps/{environment}',
      'apps/{cluster}',
      ['placeholderUnknown 8:38 placeholder=cluster'],
    ],
    ['stages: [dev, live]', 'stages: [dev]', ['stageUnknown 15:27 stage=live']],
    [
      'name: shop',
      'name: store',
      ['nameMismatch 3:19 expected=shop actual=store'],
    ],
    [
      '  stages:',
      "  ignore: [docs, '**']\n  stages:",
      ['ignoreInvalid 9:18 entry=**'],
    ],
  ])(
    'keeps a config repo with %s changed to %s, and says so',
    (from, to, expected) => {
      const text = REPO.replace(from, to);
      expect(text).not.toBe(REPO);
      expect(repo(text, 'shop').value).toBeDefined();
      expect(told(repo(text, 'shop'))).toEqual(expected);
    },
  );

  const nested = (levels: number) =>
    `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const laughs = lines(9, index =>
    index === 0
      ? 'l0: &l0 [a, a]'
      : `l${index}: &l${index} [${Array(9)
          .fill(`*l${index - 1}`)
          .join()}]`,
  );
  const bombs: Array<[what: string, text: string, code: string]> = [
    ['an empty file', '', 'schemaInvalid'],
    ['a comment only', '# later', 'schemaInvalid'],
    ['a list', '- a', 'schemaInvalid'],
    ['a text', 'hello', 'schemaInvalid'],
    ['256 KiB and a byte', `#${'x'.repeat(256 * 1024)}`, 'tooLarge'],
    ['256 KiB in Chinese', `#${'中'.repeat(90_000)}`, 'tooLarge'],
    ['33 levels', `a: ${nested(33)}`, 'tooDeep'],
    ['brackets only', '['.repeat(250_000), 'tooDeep'],
    ['dashes only', '- '.repeat(120_000), 'tooDeep'],
    ['question marks only', '? '.repeat(120_000), 'tooDeep'],
    [
      'steps to the right',
      lines(600, index => `${' '.repeat(index)}a:`),
      'tooDeep',
    ],
    [
      '101 aliases',
      `a: &a 1\nb: [${Array(101).fill('*a').join(', ')}]`,
      'tooManyAliases',
    ],
    ['a billion laughs', laughs, 'tooManyAliases'],
    [
      'few aliases to much',
      `a: &a [${Array(1500).fill('{}').join()}]\nb: [${Array(9)
        .fill('*a')
        .join()}]`,
      'tooManyAliases',
    ],
    ['an alias to itself', 'a: &a [*a]', 'tooDeep'],
    ['an alias to nothing', 'a: *b', 'aliasUnknown'],
    ['quotes only', '"'.repeat(250_000), 'yamlSyntax'],
    ['60,000 documents', '---\n'.repeat(60_000), 'multipleDocuments'],
    ['2,000 unknown keys', lines(2000, index => `k${index}: 1`), 'missingKey'],
    ['20,000 keys', lines(20_000, index => `k${index}: 1`), 'tooManyItems'],
    ['one key 2,000 times', lines(2000, () => 'k:'), 'duplicateKey'],
    ['binary', '\u0000\u0001\uFFFD{', 'schemaInvalid'],
  ];
  it.each(bombs)('refuses %s', (_, text, code) => {
    const { value, findings } = environment(text);
    expect(value).toBeUndefined();
    expect(findings.map(finding => finding.code)).toContain(code);
    expect(findings.length).toBeLessThanOrEqual(51);
  });

  it('reads 32 levels and 100 aliases', () => {
    const aliases = Array(100).fill('*n').join(', ');
    const codes = (text: string) => told(environment(text)).join();
    expect(codes(`a: ${nested(31)}`)).not.toContain('tooDeep');
    expect(codes(`n: &n 1\na: [${aliases}]`)).not.toContain('tooMany');
    const shared = ENVIRONMENT.replace('stage: qa', 'stage: &s qa').replace(
      'title: 购物车',
      'title: *s',
    );
    expect(environment(shared).value?.spec.modules.cart.title).toBe('qa');
  });

  it('never throws, and gives a value or says what is wrong', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ': ',
      '- ',
      '\n',
      '  ',
      '&a ',
      '*a',
      '!!map',
      '"',
      "'",
      '|',
      '>',
      '#',
      '?',
      '---\n',
      '%YAML 1.1\n',
      'spec',
      'kind',
      'Environment',
      '\t',
      '<<',
    );
    const garbage = fc
      .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })), {
        maxLength: 40,
      })
      .map(parts => parts.join(''));
    const damaged = fc
      .tuple(fc.nat(ENVIRONMENT.length), fc.nat(9), garbage)
      .map(
        ([at, removed, put]) =>
          ENVIRONMENT.slice(0, at) + put + ENVIRONMENT.slice(at + removed),
      );
    fc.assert(
      fc.property(fc.oneof(garbage, damaged), text => {
        const { value, findings } = environment(text);
        expect(findings.some(({ severity }) => severity === 'error')).toBe(
          value === undefined,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back what it read, written as YAML', () => {
    for (const value of [environment(ENVIRONMENT).value, repo(REPO).value]) {
      const kind = value?.kind ?? 'Environment';
      const path = '.slipway/repo.yaml';
      const again = parseSlipwayFile({ path, text: stringify(value), kind });
      expect(again).toEqual({ value, findings: [] });
    }
  });

  it('reads the examples', () => {
    const root = resolvePath(__dirname, '../../../../examples/configRepos');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const read = files.flatMap(file => {
      const [configRepo, ...rest] = file.split('/');
      const path = rest.join('/');
      const known = slipwayFileAt(path);
      if (!known) return [];
      const text = readFileSync(resolvePath(root, file), 'utf8');
      const name = known.name ?? configRepo;
      return [parseSlipwayFile({ path, text, kind: known.kind, name })];
    });
    expect(read.length).toBeGreaterThan(10);
    expect(read.flatMap(({ findings }) => findings)).toEqual([]);
  });
});

describe('schemas', () => {
  it.each([
    ['ConfigRepo', configRepoFileSchema],
    ['Environment', environmentFileSchema],
    ['CopyRules', copyRulesFileSchema],
  ])('are published as schema/%s.json', (kind, schema) => {
    const path = resolvePath(__dirname, `../../schema/${kind}.json`);
    // Differs after a change of schemas.ts: write the file again from the constant.
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema);
  });
});
