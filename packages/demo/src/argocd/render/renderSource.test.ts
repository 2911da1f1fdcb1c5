import { stringify } from 'yaml';
import { ApplicationSource } from '../types';
import { matchesGlob } from './glob';
import { renderSource } from './renderSource';

const deployment = (image: string, extra: object = {}) =>
  stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', labels: { app: 'api' } },
    spec: {
      replicas: 1,
      template: {
        spec: {
          containers: [
            {
              name: 'api',
              image,
              env: [{ name: 'A', value: '1' }],
              ports: [{ containerPort: 80 }],
            },
            { name: 'side', image: 'registry.example/side:1' },
          ],
          ...extra,
        },
      },
    },
  });
const configMap =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { A: one, B: two }\n';
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

function render(
  files: Record<string, string>,
  source: Partial<ApplicationSource> = {},
) {
  return renderSource(new Map(Object.entries(files)), {
    repoURL: 'http://x/shop.git',
    path: 'app',
    ...source,
  });
}
function names(
  files: Record<string, string>,
  source: Partial<ApplicationSource> = {},
) {
  return render(files, source).objects.map(
    object => `${object.kind}/${object.metadata.name}`,
  );
}
function kustomize(content: object, files: Record<string, string> = {}) {
  return render({
    'app/kustomization.yaml': stringify(content),
    'app/deployment.yaml': deployment('registry.example/api:1.0'),
    'app/settings.yaml': configMap,
    'app/namespace.yaml': namespace,
    ...files,
  }).objects;
}

describe('renderSource', () => {
  it('reads directories as Argo CD does', () => {
    const files = {
      'app/a.yaml': `${configMap}---\n${namespace}---\n# nothing\n`,
      'app/b.json':
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"api"}}',
      'app/values.yaml': 'just: values\n- broken',
      'app/notes.txt': 'text',
      'app/deep/c.yml': deployment('x:1'),
      'apple/d.yaml': configMap,
    };
    expect(names(files)).toEqual([
      'ConfigMap/settings',
      'Namespace/shop',
      'Service/api',
    ]);
    expect(names(files, { directory: { recurse: true } })).toContain(
      'Deployment/api',
    );
    expect(names(files, { directory: { include: '{b.*,z*}' } })).toEqual([
      'Service/api',
    ]);
    expect(
      names(files, {
        directory: { recurse: true, exclude: '{a.yaml,deep/*}' },
      }),
    ).toEqual(['Service/api']);
    expect(names(files, { path: undefined, ref: 'values' })).toEqual([]);
    expect(render(files).sourceType).toBe('Directory');
    const secret = render({
      'app/s.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\ndata: {c: ZA==}\n',
    });
    expect(secret.objects[0]).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { a: 'Yg==', c: 'ZA==' },
    });
  });

  it.each([
    ['*.yaml', 'deep/a.yaml', true],
    ['{dev-*.yaml,lt.yaml}', 'dev-cart.yaml', true],
    ['{dev-*.yaml,lt.yaml}', 'lt.yaml', true],
    ['{dev-*.yaml,lt.yaml}', 'lt.yaml.bak', false],
    ['a?c.[yx]aml', 'abc.yaml', true],
    ['a.yaml', 'aXyaml', false],
    ['[', '[', false],
  ])('glob %s on %s: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('renders kustomizations', () => {
    const objects = kustomize(
      {
        resources: ['../base', 'namespace.yaml'],
        namespace: 'shop',
        images: [
          { name: 'registry.example/api', newTag: '2.0' },
          {
            name: 'registry.example/side',
            newName: 'mirror.example/side',
            digest: 'sha256:abc',
          },
        ],
        patches: [
          { path: 'patch.yaml' },
          {
            target: { kind: 'ConfigMap', name: 'set.*' },
            patch:
              '- { op: replace, path: /data/A, value: changed }\n- { op: remove, path: /data/B }',
          },
          {
            target: { labelSelector: 'app=api' },
            patch: 'kind: any\nmetadata: { name: any, annotations: { a: b } }',
          },
        ],
      },
      {
        'base/kustomization.yml': stringify({
          resources: ['deployment.yaml', 'settings.yaml'],
        }),
        'base/deployment.yaml': deployment(
          'registry.example/api:1.0@sha256:def',
          { volumes: [{ name: 'v', emptyDir: {} }] },
        ),
        'base/settings.yaml': configMap,
        'app/patch.yaml': stringify({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'api' },
          spec: {
            replicas: null,
            template: {
              spec: {
                containers: [
                  {
                    name: 'api',
                    env: [
                      { name: 'A', $patch: 'delete' },
                      { name: 'B', value: '2' },
                    ],
                    ports: [{ containerPort: 81 }],
                  },
                  { name: 'new', image: 'registry.example/api' },
                ],
                volumes: [{ $patch: 'replace' }, { name: 'w' }],
              },
            },
          },
        }),
      },
    );
    expect(objects).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name: 'api',
          namespace: 'shop',
          labels: { app: 'api' },
          annotations: { a: 'b' },
        },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'api',
                  image: 'registry.example/api:2.0',
                  env: [{ name: 'B', value: '2' }],
                  ports: [{ containerPort: 80 }, { containerPort: 81 }],
                },
                { name: 'side', image: 'mirror.example/side@sha256:abc' },
                { name: 'new', image: 'registry.example/api:2.0' },
              ],
              volumes: [{ name: 'w' }],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'shop' },
        data: { A: 'changed' },
      },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    ]);
    expect(
      kustomize({
        resources: ['settings.yaml', 'namespace.yaml'],
        patches: [
          {
            patch:
              '$patch: delete\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }',
          },
        ],
      }).map(({ kind }) => kind),
    ).toEqual(['Namespace']);
  });

  it.each<[string, object, RegExp]>([
    ['an unknown field', { namePrefix: 'x-' }, /not namePrefix/],
    [
      'a missing resource',
      { resources: ['none.yaml'] },
      /'none.yaml' in app\/kustomization.yaml: no such file/,
    ],
    [
      'a remote resource',
      { resources: ['https://example.com/x.yaml'] },
      /no such file/,
    ],
    ['a way out', { resources: ['../../../etc'] }, /no such file/],
    ['a cycle', { resources: ['../app'] }, /cycle detected/],
    [
      'the same object twice',
      { resources: ['settings.yaml', 'settings.yaml'] },
      /already registered id/,
    ],
    [
      'a missing patch',
      { patches: [{ path: 'none.yaml' }] },
      /failed to get the patch file/,
    ],
    [
      'a patch for nothing',
      { resources: ['settings.yaml'], patches: [{ path: 'deployment.yaml' }] },
      /no resource matches strategic merge patch/,
    ],
    [
      'operations without a target',
      { patches: [{ patch: '[{ op: remove, path: /data }]' }] },
      /needs a target/,
    ],
    [
      'operations on what is not there',
      {
        resources: ['settings.yaml'],
        patches: [
          {
            target: { kind: 'ConfigMap' },
            patch: '[{ op: remove, path: /none/x }]',
          },
        ],
      },
      /cannot be applied to ConfigMap\/settings/,
    ],
    [
      'a patch that is text',
      { resources: ['settings.yaml'], patches: [{ patch: 'hello' }] },
      /neither an object/,
    ],
  ])('refuses a kustomization with %s', (_, content, message) => {
    expect(() => kustomize(content)).toThrow(message);
  });

  it.each<[string, Record<string, string>, Partial<ApplicationSource>, RegExp]>(
    [
      [
        'a missing path',
        { 'other/a.yaml': '' },
        {},
        /^app: app path does not exist/,
      ],
      [
        'a path outside',
        { 'a.yaml': '' },
        { path: '../x' },
        /outside the repository/,
      ],
      ['a chart in the folder', { 'app/Chart.yaml': '' }, {}, /Helm/],
      [
        'a chart as source',
        { 'app/a.yaml': '' },
        { chart: 'redis' },
        /source.chart is not supported/,
      ],
      [
        'Helm values',
        { 'app/a.yaml': '' },
        { helm: { values: 'a' } },
        /source.helm is not supported/,
      ],
      ['Jsonnet', { 'app/a.jsonnet': '{}' }, {}, /Jsonnet/],
      [
        'broken YAML',
        { 'app/a.yaml': `${configMap}x: [` },
        {},
        /Failed to unmarshal "a.yaml": failed to unmarshal manifest: error converting YAML/,
      ],
      [
        'a manifest without a name',
        { 'app/a.yaml': 'apiVersion: v1\nkind: A\nmetadata: {}' },
        {},
        /is missing/,
      ],
      [
        'a broken kustomization',
        { 'app/kustomization.yaml': 'a: [' },
        {},
        /invalid Kustomization/,
      ],
    ],
  )('refuses %s', (_, files, source, message) => {
    expect(() => render(files, source)).toThrow(message);
  });
});
