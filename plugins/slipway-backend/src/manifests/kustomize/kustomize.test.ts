import { checkReferences, referencesOf } from '.';

const path = 'apps/shop/overlays/dev/kustomization.yaml';

describe('referencesOf', () => {
  it('names everything that a Kustomization needs, with its place', () => {
    const text = `resources:
- ../../base
- deployment.yaml
- https://example.com/a.yaml
- github.com/org/repo//path?ref=v1
- ../../../../../outside
bases: [../b]
components: [../c]
crds: [crd.yaml]
configurations: [conf.yaml]
patches:
- path: p.yaml
- patch: |-
    - {op: remove, path: /not/a/file}
patchesStrategicMerge:
- merge.yaml
- |-
  kind: Inline
- '{"kind": "Inline"}'
patchesJson6902:
- path: json.yaml
configMapGenerator:
- files: [a.conf, b=c.conf]
  envs: [a.env]
  env: b.env
secretGenerator:
- name: x
  files: [tls.key]
  envs: [s.env]
  literals: [a=b]
replacements:
- path: r.yaml
generators: [g.yaml]
transformers: [t.yaml]
validators: ["v.yaml"]
openapi: {path: schema.json}
helmCharts:
- name: redis
  valuesFile: values.yaml
  additionalValuesFiles: [more.yaml]
`;
    const found = referencesOf(path, text);
    const at = 'apps/shop/overlays/dev';
    expect(
      found.map(r => [r.field, r.remote ? 'remote' : r.path, r.line]),
    ).toEqual([
      ['resources', 'apps/shop/base', 2],
      ['resources', `${at}/deployment.yaml`, 3],
      ['resources', 'remote', 4],
      ['resources', 'remote', 5],
      ['resources', undefined, 6],
      ['bases', 'apps/shop/overlays/b', 7],
      ['components', 'apps/shop/overlays/c', 8],
      ['crds', `${at}/crd.yaml`, 9],
      ['configurations', `${at}/conf.yaml`, 10],
      ['patchesStrategicMerge', `${at}/merge.yaml`, 16],
      ['generators', `${at}/g.yaml`, 33],
      ['transformers', `${at}/t.yaml`, 34],
      ['validators', `${at}/v.yaml`, 35],
      ['patches.path', `${at}/p.yaml`, 12],
      ['patchesJson6902.path', `${at}/json.yaml`, 21],
      ['replacements.path', `${at}/r.yaml`, 32],
      ['openapi.path', `${at}/schema.json`, 36],
      ['helmCharts.valuesFile', `${at}/values.yaml`, 39],
      ['helmCharts.additionalValuesFiles', `${at}/more.yaml`, 40],
      ['configMapGenerator.files', `${at}/a.conf`, 23],
      ['configMapGenerator.files', `${at}/c.conf`, 23],
      ['configMapGenerator.envs', `${at}/a.env`, 24],
      ['configMapGenerator.env', `${at}/b.env`, 25],
      ['secretGenerator.files', `${at}/tls.key`, 28],
      ['secretGenerator.envs', `${at}/s.env`, 29],
    ]);
    expect(found.filter(r => r.secret).map(r => r.reference)).toEqual([
      'tls.key',
      's.env',
    ]);
    expect(found[0]).toMatchObject({ reference: '../../base', column: 3 });
    for (const broken of [
      'resources: [',
      'resources: {a: 1}',
      '- a',
      '',
      'x: \u0000',
    ]) {
      expect(referencesOf(path, broken)).toEqual([]);
    }
  });

  it('takes nothing for a path that is longer than any', () => {
    const text = `x: &x ${'d/'.repeat(10_000)}a\nresources: [${'*x, '.repeat(
      50,
    )}a.yaml]`;
    expect(referencesOf(path, text).map(r => r.reference)).toEqual(['a.yaml']);
  });
});

describe('checkReferences', () => {
  it('says what is not there, or is something else', () => {
    const there = new Map<string, 'file' | 'directory'>([
      ['apps/shop/base', 'directory'],
      ['apps/shop/base/kustomization.yml', 'file'],
      ['apps/shop/base/x.yaml', 'file'],
      ['apps/shop/empty', 'directory'],
      ['apps/shop/overlays/dev', 'directory'],
      ['apps/shop/overlays', 'directory'],
      ['apps/shop/overlays/dev/a.yaml', 'file'],
    ]);
    const text = `resources:
- ../../base
- a.yaml
- missing.yaml
- ../../empty
- .
- ..
- ../../base/x.yaml
- ../../../../..
- https://example.com/x.yaml
components: [a.yaml]
configurations: [../../base]
`;
    const findings = checkReferences({
      path,
      text,
      exists: at => there.get(at),
    });
    expect(
      findings.map(f => [f.severity, f.code, f.params.reference, f.line]),
    ).toEqual([
      ['error', 'referenceMissing', 'missing.yaml', 4],
      ['error', 'referenceNoKustomization', '../../empty', 5],
      ['error', 'referenceCycle', '.', 6],
      ['error', 'referenceCycle', '..', 7],
      ['warning', 'referenceOutside', '../../base/x.yaml', 8],
      ['error', 'referenceOutOfRepo', '../../../../..', 9],
      ['info', 'referenceRemote', 'https://example.com/x.yaml', 10],
      ['error', 'referenceNotDirectory', 'a.yaml', 11],
      ['error', 'referenceNotFile', '../../base', 12],
    ]);
    expect(findings[0]).toMatchObject({
      file: path,
      column: 3,
      params: { field: 'resources' },
    });
  });
});
