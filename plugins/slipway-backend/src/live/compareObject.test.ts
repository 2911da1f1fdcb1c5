import fc from 'fast-check';
import { compareObject, LAST_APPLIED } from './compareObject';

const marks = {
  fieldManagers: ['argocd-controller'],
  metadata: ['argocd.argoproj.io/tracking-id'],
  owners: [],
  hooks: [],
  kept: [],
  leftAlone: [],
};

const configMap = (data: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  data,
});

const secret = (data: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db', namespace: 'shop' },
  data,
  ...more,
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('compareObject', () => {
  it('names who wrote what differs, the latest first', () => {
    const live = configMap(
      { greeting: 'bye', name: 'x', other: 'y' },
      {
        resourceVersion: '7',
        managedFields: [
          {
            manager: 'argocd-controller',
            operation: 'Update',
            time: '2026-01-01T00:00:00Z',
            fieldsV1: { 'f:data': { '.': {}, 'f:name': {} } },
          },
          {
            manager: 'kubectl-edit',
            operation: 'Update',
            time: '2026-01-02T00:00:00Z',
            fieldsV1: { 'f:data': { 'f:greeting': {}, 'f:other': {} } },
          },
          {
            manager: 'controller',
            operation: 'Update',
            subresource: 'status',
            fieldsV1: { 'f:status': {} },
          },
        ],
      },
    );
    expect(
      compareObject({
        live,
        desired: configMap({ greeting: 'hello', name: 'x' }),
        marks,
      }),
    ).toMatchObject({
      differences: [
        { path: 'data.greeting', left: 'bye', right: 'hello', expected: false },
      ],
      managers: [
        {
          manager: 'kubectl-edit',
          at: '2026-01-02T00:00:00Z',
          paths: ['data.greeting'],
        },
        { manager: 'argocd-controller', paths: [] },
      ],
    });
  });

  it('finds the writer of an item of a list by its key', () => {
    const live = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        managedFields: [
          {
            manager: 'kubectl-set',
            operation: 'Update',
            fieldsV1: {
              'f:spec': {
                'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } },
              },
            },
          },
        ],
      },
      spec: { containers: [{ name: 'log' }, { name: 'web', image: 'b' }] },
    };
    const desired = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'web', image: 'a' }] },
    };
    expect(compareObject({ live, desired }).managers[0].paths).toEqual([
      'spec.containers[web].image',
    ]);
  });

  it.each([
    [
      'as kubectl notes it',
      {
        annotations: {
          [LAST_APPLIED]: JSON.stringify(
            configMap({ a: '1', b: '2' }, { annotations: { note: 'x' } }),
          ),
          'argocd.argoproj.io/tracking-id': 'web:/ConfigMap:shop/web',
          note: 'x',
        },
      },
    ],
    [
      'as server-side apply does',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id': 'web:/ConfigMap:shop/web',
          note: 'x',
        },
        managedFields: [
          {
            manager: 'argocd-controller',
            operation: 'Apply',
            fieldsV1: {
              'f:metadata': {
                'f:annotations': {
                  'f:argocd.argoproj.io/tracking-id': {},
                  'f:note': {},
                },
              },
              'f:data': { 'f:a': {}, 'f:b': {} },
            },
          },
        ],
      },
    ],
  ])('tells what is no longer declared, %s', (_, metadata) => {
    const live = configMap({ a: '1', b: '2', c: '3' }, metadata);
    const { differences } = compareObject({
      live,
      desired: configMap({ a: '1' }),
      marks,
    });
    expect(differences.map(({ path, left }) => [path, left])).toEqual([
      ['metadata.annotations.note', 'x'],
      ['data.b', '2'],
    ]);
  });

  it('does not take for declared what defaults put into a map that was applied empty', () => {
    const deployment = (spec: object, metadata: object = {}) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', ...metadata },
      spec,
    });
    const live = deployment(
      { replicas: 1, strategy: { type: 'RollingUpdate' }, args: ['a'] },
      {
        managedFields: [
          {
            manager: 'argocd-controller',
            operation: 'Apply',
            fieldsV1: {
              'f:spec': { 'f:replicas': {}, 'f:strategy': {}, 'f:args': {} },
            },
          },
        ],
      },
    );
    expect(
      compareObject({
        live,
        desired: deployment({ replicas: 1 }),
        marks,
      }).differences.map(({ path }) => path),
    ).toEqual(['spec.args']);
  });

  it('takes texts of a Secret for what they are encoded to', () => {
    expect(
      compareObject({
        live: secret({ password: base64('old') }),
        desired: secret({}, { stringData: { password: 'old' } }),
      }).differences,
    ).toEqual([]);
  });

  it('never tells a value of a Secret, wherever it is', () => {
    const value = fc.stringMatching(/^[a-zA-Z0-9+]{8,20}$/);
    fc.assert(
      fc.property(value, value, value, (one, other, third) => {
        const live = secret(
          { password: base64(one), token: base64(third) },
          {
            metadata: {
              name: 'db',
              namespace: 'shop',
              labels: { app: 'web' },
              annotations: {
                [LAST_APPLIED]: JSON.stringify(
                  secret({ password: base64(one), gone: base64(third) }),
                ),
              },
            },
          },
        );
        const desired = secret(
          { password: base64(other) },
          {
            stringData: { user: other },
            metadata: { name: 'db', labels: { app: 'shop' } },
          },
        );
        const compared = compareObject({ live, desired });
        const told = JSON.stringify(compared);
        for (const text of [one, other, third]) {
          expect(told).not.toContain(text);
          expect(told).not.toContain(base64(text));
        }
        expect(
          compared.differences.some(({ path }) => path === 'data.password'),
        ).toBe(one !== other);
        expect(told).toContain('metadata.labels.app');
      }),
    );
  });

  it.each([
    ['JSON', JSON.stringify(secret({ password: 'first-one' }))],
    ['YAML', 'kind: Secret\nstringData:\n  password: first-one\n'],
  ])('masks a copy of a Secret in its annotations, as %s', (_, copy) => {
    const noted = (annotations?: object) =>
      secret({}, { metadata: { name: 'db', namespace: 'shop', annotations } });
    for (const desired of [{ 'any/copy': 'x' }, undefined]) {
      const { differences } = compareObject({
        live: noted({ 'any/copy': copy, note: 'by hand' }),
        desired: noted(desired),
        before: noted({ 'any/copy': copy, note: 'x' }),
      });
      expect(differences.length).toBeGreaterThan(0);
      expect(JSON.stringify(differences)).not.toContain('first-one');
      expect(JSON.stringify(differences)).toContain('⟪masked⟫');
    }
  });

  it('masks a Secret inside another object', () => {
    const list = (password: string) => ({
      apiVersion: 'example.com/v1',
      kind: 'Bundle',
      metadata: { name: 'all' },
      spec: { objects: [secret({ password: base64(password) })] },
    });
    const told = JSON.stringify(
      compareObject({ live: list('first-one'), desired: list('second-one') }),
    );
    expect(told).toContain('masked');
    expect(told).not.toContain(base64('first-one'));
    expect(told).not.toContain(base64('second-one'));
  });
});
