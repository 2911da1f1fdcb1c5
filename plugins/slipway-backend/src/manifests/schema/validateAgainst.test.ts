import { schemaAt } from './schemaAt';
import { kindsOf } from './kindsOf';
import { schemaOf } from './testUtils/schemas';
import { toJsonSchema } from './toJsonSchema';
import { validateAgainst } from './validateAgainst';

/** `line:column code field more`, one for each finding. */
function check(text: string, options: { partial?: boolean } = {}): string[] {
  return validateAgainst({ path: 'a.yaml', text, schemaOf, ...options }).map(
    ({ line, column, severity, code, params }) => {
      const { field, ...rest } = params;
      const words = [field, ...Object.values(rest)].filter(Boolean);
      const mark = severity === 'error' ? '' : '?';
      return `${line}:${column} ${code}${mark} ${words.join(' | ')}`;
    },
  );
}

/** As {@link check}, without the places. */
function problems(text: string): string {
  return check(text)
    .map(line => line.slice(line.indexOf(' ') + 1))
    .join();
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}, creationTimestamp: null}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          port: 80
          limits: {cpu: 1, memory: 1Gi, ephemeral-storage: 1.5}
          protocol: TCP
status: {}
`;

function box(spec: string): string {
  return `apiVersion: example.dev/v1\nkind: Box\nspec: ${spec}\n`;
}

function container(fields: string): string {
  return DEPLOYMENT.replace('protocol: TCP', fields);
}

describe('validateAgainst', () => {
  it('finds nothing wrong with what is right', () => {
    expect(check(DEPLOYMENT)).toEqual([]);
    expect(check(JSON.stringify({ apiVersion: 'v1', kind: 'Secret' }))).toEqual(
      [],
    );
    const values = 'replicas: "two"\nfoo: {bar: 1}\n';
    const kustomization =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nfoo: 1\n';
    const local = DEPLOYMENT.replace(
      'creationTimestamp: null',
      'annotations: {config.kubernetes.io/local-config: "true"}',
    ).replace('replicas', 'replica');
    for (const text of [
      '',
      '# none\n',
      values,
      kustomization,
      local,
      '{{ x }}',
    ]) {
      expect(check(text)).toEqual([]);
    }
  });

  it('tells every problem with its place, in each document', () => {
    const text = `${DEPLOYMENT.replace('replicas: 2', 'replicas: "2"')
      .replace('image:', 'imagee:')
      .replace('- name: web', '- nmae: web')
      .replace('port: 80', 'port: true')}---
broken: [
---
apiVersion: apps/v1
kind: Deployment
spec:
  template: {spec: {containers: {name: a}, restartPolicy: Sometimes}}
---
apiVersion: apps/v1beta1
kind: Deployment
`;

    expect(check(text)).toEqual([
      '5:13 wrongType spec.replicas | integer | string',
      '11:11 unknownFieldLike spec.template.spec.containers[0].nmae | name',
      '11:11 missingField spec.template.spec.containers[0].name',
      '12:11 unknownFieldLike spec.template.spec.containers[0].imagee | image',
      '13:17 wrongType spec.template.spec.containers[0].port | integer, string | boolean',
      '23:3 missingField spec.selector',
      '23:33 wrongType spec.template.spec.containers | array | object',
      '23:59 notInEnum spec.template.spec.restartPolicy | Sometimes | Always, Never',
      '25:1 kindUnknown? apps/v1beta1 | Deployment',
    ]);
    expect(validateAgainst({ path: 'b.yaml', text, schemaOf })[1]).toEqual({
      severity: 'error',
      code: 'unknownFieldLike',
      params: { field: 'spec.template.spec.containers[0].nmae', like: 'name' },
      file: 'b.yaml',
      line: 11,
      column: 11,
    });
    expect(
      validateAgainst({ path: 'a', text, schemaOf: () => 'unavailable' }),
    ).toEqual([]);
  });

  it.each([
    // Labels, arguments and variables are where YAML's types surprise people.
    ['env: [{name: A, value: 1}]', ['wrongType', 'string | integer']],
    ['env: [{name: A, value: 1e3}]', ['wrongType', 'string | number']],
    ['env: [{name: A, value: 0123}]', ['wrongType', 'string | integer']],
    ['env: [{name: A, value: true}]', ['wrongType', 'string | boolean']],
    ['env: [{name: A, value: yes}]', ['looksLikeBoolean?', 'yes']],
    ['env: [{name: A, value: "1"}, {name: B, value: !!str 1}]', []],
    ['env: [{name: A, value: 1.2.3}, {name: B, value: 2001-01-01}]', []],
    ['env: [{name: A, value: null}, {name: B, value: }]', []],
    ['env: [{value: a}]', ['missingField', '']],
    ['env:', []],
    ['args: [a, 1]', ['wrongType', 'string | integer']],
    ['args: a', ['wrongType', 'array | string']],
    ['args: {a: 1}', ['wrongType', 'array | object']],
    ['imagePullPolicy: ""', []],
    ['imagePullPolicy: always', ['notInEnum', 'always | Always, IfNotPresent']],
    ['port: http', []],
    ['port: 1.5', ['wrongType', 'integer, string | number']],
    ['limits: {cpu: true}', ['wrongType', 'string, number | boolean']],
    ['raw: {any: {thing: [1]}}', []],
    ['raw: 1', ['wrongType', 'object | integer']],
    ['image: ⟪masked:3⟫', []],
    ['args: ⟪masked:1⟫', []],
    ['port: true', ['wrongType', 'integer, string | boolean']],
    ['? [a]\n          : b', []],
    ['protcol: UDP', ['unknownFieldLike', 'protocol']],
    ['Image: web', ['unknownFieldLike', 'image']],
    ['something: UDP', ['unknownField', '']],
    ['__proto__: {}', ['unknownField', '']],
    ['constructor: {}', ['unknownField', '']],
  ])('judges a container with %s', (fields, [code, rest]: string[]) => {
    const text = container(fields).replace('port: 80', 'port: 81');
    const found = check(
      fields.startsWith('port') ? text.replace('port: 81', '') : text,
    );
    // A default with something in it stands in for what is missing.
    expect(found).toHaveLength(code ? 1 : 0);
    expect(found.join()).toContain(code ? ` ${code} ` : '');
    expect(found.join()).toContain(rest || '');
  });

  it.each([
    ['replicas: 2', '3000000000', 'wrongFormat spec.replicas | int32'],
    ['replicas: 2', '2.0', ''],
    ['replicas: 2', '2.5', 'wrongType spec.replicas | integer | number'],
    ['replicas: 2', '${REPLICAS}', ''],
    ['replicas: 2', '⟪masked:1⟫', ''],
    ['replicas: 2', '', ''],
    ['replicas: 2', '2\n  paused: yes', ''],
    [
      'replicas: 2',
      '2\n  paused: "yes"',
      'wrongType spec.paused | boolean | string',
    ],
    ['replicas: 2', '2\n  revision: 9223372036854775807', ''],
    [
      'replicas: 2',
      '2\n  revision: 9223372036854775808',
      'wrongFormat spec.revision | int64',
    ],
    [
      'creationTimestamp: null',
      'yesterday',
      'wrongFormat? metadata.creationTimestamp | date-time',
    ],
    ['creationTimestamp: null', '2026-11-21T12:00:00Z', ''],
  ])('judges %s made %s', (from, to, found) => {
    const [key] = from.split(':');
    const text = DEPLOYMENT.replace(from, `${key}: ${to}`);
    expect(problems(text)).toBe(found);
  });

  it.each([
    ['{size: 1, colour: null}', ''],
    ['{size: a, colour: red, mode: null}', ''],
    [
      '{size: [], colour: red}',
      'wrongType spec.size | integer, string | array',
    ],
    ['{size: 1}', 'missingField spec.colour'],
    ['{colour: red, empty: {a: 1}}', 'unknownField spec.empty.a'],
    ['{colour: red, empty: null}', 'wrongType spec.empty | object | null'],
    ['{colour: red, free: {a: 1, known: {inner: x}}}', ''],
    ['{colour: red, free: {known: {b: x}}}', 'unknownField spec.free.known.b'],
    ['{colour: red, open: {a: {b: [1]}}}', ''],
    [
      '{colour: red, template: {apiVersion: v1, kind: A, metadata: {x: 1}, spec: {a: b}}}',
      '',
    ],
    [
      '{colour: red, template: {status: {}}}',
      'unknownField spec.template.status',
    ],
    ['', 'wrongType spec | object | null'],
  ])('judges a custom kind with spec %s', (spec, found) => {
    expect(problems(box(spec))).toBe(found);
  });

  it('looks into lists, schemas of schemas, secrets, aliases and merges', () => {
    const list = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Secret, data: {a: c2VjcmV0, b: secret!, c: ⟪masked:1⟫}}
  - {apiVersion: example.dev/v1, kind: Box}
  - 7
`;
    expect(check(list)).toEqual([
      '4:59 wrongFormat items[0].data.b | byte',
      '5:5 missingField items[1].spec',
    ]);
    expect(kindsOf(list)).toEqual([
      { group: '', version: 'v1', kind: 'Secret' },
      { group: 'example.dev', version: 'v1', kind: 'Box' },
    ]);

    const nested = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  schema:
    properties: {a: {not: {properties: {"b.c": {type: 1, maximum: 1.5, default: {x: [1]}}}}}, $ref: {$ref: x}}
`;
    expect(check(nested)).toEqual([
      '5:55 wrongType spec.schema.properties.a.not.properties[b.c].type | string | integer',
    ]);

    const merged = DEPLOYMENT.replace(
      'metadata: {name: web, labels: {app: web}',
      'metadata: {name: web, labels: &labels {app: 1}',
    )
      .replace('labels: {app: web}}', 'labels: *labels}')
      .replace(
        'selector: {matchLabels: {app: web}}',
        'selector: {matchLabels: {<<: *labels}}',
      )
      .replace(
        '  template:',
        '  template: &t\n    <<: [{spec: {containers: []}, extra: 1}]',
      );
    expect(check(merged)).toEqual([
      '3:45 wrongType metadata.labels.app | string | integer',
      '8:35 unknownField spec.template.extra',
    ]);
  });

  it('leaves out what SOPS adds, and what it encrypted', () => {
    const sops =
      'sops:\n  age: []\n  mac: ENC[AES256_GCM,data:eA==,type:str]\n';
    const secret =
      'apiVersion: v1\nkind: Secret\ndata:\n  a: ENC[AES256_GCM,data:eA==,type:str]\n';
    const deployment = DEPLOYMENT.replace(
      'replicas: 2',
      'replicas: ENC[AES256_GCM,data:eA==,type:int]',
    );
    expect(check(`${secret}${sops}---\n${deployment}${sops}`)).toEqual([]);
    expect(check(`${secret}bad: 1\n${sops}`)).toEqual(['5:1 unknownField bad']);
    // Only that: not another field of the name, and not elsewhere.
    expect(problems(`${secret}sops: {}\n`)).toBe('unknownField sops');
    expect(problems(`${secret}sops: a\n`)).toBe('unknownField sops');
    expect(problems(DEPLOYMENT.replace('replicas: 2', 'sops: {mac: a}'))).toBe(
      'unknownField spec.sops',
    );
    expect(
      problems(
        `apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, sops: {mac: a}}]\n${sops}`,
      ),
    ).toBe('unknownField items[0].sops');
  });

  it('asks nothing of patches but that what they say is right', () => {
    const patch = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: x
  template: {spec: {containers: [{$patch: delete, name: web}, {image: a}], $setElementOrder/containers: []}}
`;
    expect(check(patch, { partial: true })).toEqual([
      '5:13 wrongType spec.replicas | integer | string',
    ]);
    expect(check(patch).length).toBeGreaterThan(2);
  });

  it('stays small and quick whatever it is given', () => {
    const many = Array.from({ length: 300 }, (_, i) => `  field${i}x: 1`);
    const text = `apiVersion: example.dev/v1\nkind: Box\nspec:\n${many.join(
      '\n',
    )}\n`;
    expect(check(text)).toHaveLength(50);

    const bomb = ['a: &a0 {x: 1}'];
    for (let i = 1; i < 30; i += 1) {
      bomb.push(`a${i}: &a${i} {l: *a${i - 1}, r: *a${i - 1}}`);
    }
    const exploding = box(`{colour: a, open: {${bomb.join(', ')}}}`);
    const looping = box('&s {colour: red, size: {<<: *s}, free: {known: *s}}');
    const endless = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  schema: &s {not: *s, type: 1}\n`;
    const doubling = bomb
      .join('\n  ')
      .replaceAll(/[lr]:/g, found => (found === 'l:' ? 'not:' : 'default:'));
    const start = performance.now();
    check(exploding);
    check(looping);
    check(endless);
    check(
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  schema: {properties: {${doubling.replaceAll(
        '\n',
        ',',
      )}}}\n`,
    );
    expect(performance.now() - start).toBeLessThan(2000);

    const hostile = (schema: object) =>
      validateAgainst({
        path: 'a',
        text: DEPLOYMENT,
        schemaOf: () => ({
          name: 'x',
          schema: schema as Record<string, unknown>,
          definitions: {
            loop: { allOf: [{ $ref: '#/components/schemas/loop' }] },
          },
        }),
      });
    for (const schema of [
      { $ref: '#/components/schemas/loop' },
      { $ref: 'http://127.0.0.1/' },
      { type: 7, properties: [], required: {}, enum: 'x', items: 1 },
      { allOf: { a: 1 }, oneOf: [null], properties: { spec: 1 } },
    ]) {
      expect(hostile(schema)).toEqual([]);
    }
  });
});

describe('schemaAt', () => {
  const node = schemaOf({ group: 'apps', version: 'v1', kind: 'Deployment' })!;

  it('describes a field and what may stand in it', () => {
    const path = ['spec', 'template', 'spec', 'containers', 0];
    const found = schemaAt(node, path);
    expect(found).toMatchObject({ types: ['object'], required: false });
    expect(found?.properties.slice(0, 4)).toEqual([
      { name: 'name', types: ['string'], required: true },
      { name: 'image', types: ['string'], required: false },
      { name: 'args', types: ['array'], required: false },
      {
        name: 'imagePullPolicy',
        types: ['string'],
        enum: ['Always', 'IfNotPresent'],
        required: false,
      },
    ]);
    expect(schemaAt(node, ['spec', 'template'])).toMatchObject({
      description: 'The PodTemplateSpec.',
      required: true,
    });
    expect(schemaAt(node, ['metadata', 'labels', 'a'])).toMatchObject({
      types: ['string'],
      properties: [],
    });
    expect(schemaAt(node, ['spec', 'nothing'])).toBeUndefined();
    expect(schemaAt(node, ['spec', 0])).toBeUndefined();
  });

  it('becomes one JSON schema with what it reaches and nothing else', () => {
    const json = toJsonSchema(node) as {
      properties: { spec: { allOf: unknown[] } };
      $defs: Record<string, unknown>;
    };
    const text = JSON.stringify(json);
    expect(json.properties.spec.allOf).toEqual([
      { $ref: '#/$defs/io.k8s.api.apps.v1.DeploymentSpec' },
    ]);
    expect(text).not.toContain('#/components/');
    expect(Object.keys(json.$defs)).toContain('io.k8s.api.core.v1.Container');
    expect(Object.keys(json.$defs)).not.toContain('io.k8s.api.core.v1.Secret');
    const references = [...text.matchAll(/"#\/\$defs\/([^"]+)"/g)];
    expect(references.filter(([, name]) => !json.$defs[name])).toEqual([]);

    const recursive = toJsonSchema(
      schemaOf({
        group: 'apiextensions.k8s.io',
        version: 'v1',
        kind: 'CustomResourceDefinition',
      })!,
    );
    expect(Object.keys(recursive.$defs as object)).toHaveLength(4);
  });
});
