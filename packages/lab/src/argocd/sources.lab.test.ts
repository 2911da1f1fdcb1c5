import slipwayModuleArgoCd from '@slipway/backstage-plugin-slipway-backend-module-argocd';
import { DeliveryLab } from '../__testUtils__/DeliveryLab';
import { engineOf, EngineWatch } from '../__testUtils__/EngineWatch';
import { configMap, file } from '../__testUtils__/manifests';
import { until } from '../program';

const TEAMS = 'teams';
/** Where a second Argo CD lives. */
const SECOND = 'argocd-two';

const controller = (namespace: string) =>
  `/apis/apps/v1/namespaces/${namespace}/statefulsets/argocd-application-controller`;

/** Renders a ConfigMap of the name of its release, which greets. */
const CHART = {
  'Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 0.1.0\n',
  'values.yaml': 'greeting: hello\n',
  'templates/greeting.yaml': file({
    ...configMap('{{ .Release.Name }}'),
    data: { greeting: '{{ .Values.greeting }}' },
  }),
};

describe('what Slipway reads of the sources of a real Argo CD', () => {
  let proof: DeliveryLab;

  beforeAll(async () => {
    proof = await DeliveryLab.create({
      hydrator: true,
      env: { ARGOCD_APPLICATION_NAMESPACES: TEAMS },
    });
  });

  afterAll(() => proof?.stop());

  const source = (rest: object) => ({
    repoURL: proof.repoUrl,
    targetRevision: 'main',
    ...rest,
  });

  it('never looks good where the source is broken', async () => {
    await proof.deliver({
      'no-path': {},
      'no-branch': {
        spec: { source: source({ path: 'x', targetRevision: 'gone' }) },
      },
      'no-repo': {
        spec: {
          source: source({ path: 'x', repoURL: `${proof.lab.git.url}/no.git` }),
        },
      },
      'bad-yaml': {
        files: { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n' },
      },
      'bad-overlay': {
        files: { 'kustomization.yaml': 'resources: [missing.yaml]\n' },
      },
      'bad-chart': {
        files: { ...CHART, 'templates/bad.yaml': '{{ .Values.a.b.c }}\n' },
      },
      'no-project': { spec: { project: 'none' } },
      'no-cluster': { spec: { destination: { name: 'atlantis' } } },
    });

    for (const [name, words] of [
      ['no-path', 'no-path: app path does not exist'],
      ['no-branch', "unable to resolve 'gone' to a commit SHA"],
      ['no-repo', 'repository not found'],
      ['bad-yaml', 'Failed to unmarshal "a.yaml"'],
      ['bad-overlay', 'kustomize build'],
      ['bad-chart', 'nil pointer evaluating'],
      ['no-project', 'project none which does not exist'],
      ['no-cluster', 'no clusters with this name: atlantis'],
    ]) {
      const object = await proof.watch.waitFor(
        name,
        ({ conditions }) => conditions.length > 0,
      );
      const reason = {
        code: 'comparisonFailed',
        params: { message: expect.stringContaining(words) },
      };
      expect(object).toMatchObject({
        health: { state: 'Unknown', reason },
        sync: { state: 'Unknown', reason },
        conditions: [{ message: expect.stringContaining(words) }],
        resources: [],
      });
      expect(object.operation).toBeUndefined();
      expect(
        object.sources.map(({ comparedRevision }) => comparedRevision),
      ).toEqual([undefined]);
    }
  });

  it('remembers what was applied when the source breaks later', async () => {
    const good = await proof.deliver({
      later: { files: { 'a.yaml': file(configMap('later')) } },
    });
    await proof.watch.waitFor('later', ({ sync }) => sync.state === 'Synced');
    await proof.push({
      'later/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n',
    });
    await proof.argoCd.refresh('later');

    const broken = await proof.watch.waitFor(
      'later',
      ({ sync }) => sync.state === 'Unknown',
    );

    expect(broken).toMatchObject({
      health: { state: 'Unknown', reason: { code: 'comparisonFailed' } },
      operation: { phase: 'Succeeded', revision: good },
      sources: [{ comparedRevision: undefined, appliedRevision: good }],
    });
    const row = broken.resources.find(({ kind }) => kind === 'ConfigMap');
    expect(row).toMatchObject({ name: 'later', status: 'Unknown' });
    expect(row?.requiresPruning).toBeUndefined();
  });

  it('tells charts, overlays, folders and several sources apart', async () => {
    const base = {
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': file(configMap('based')),
    };
    const revision = await proof.deliver({
      chart: { files: CHART },
      overlay: {
        files: { ...base, 'kustomization.yaml': 'resources: [base]\n' },
      },
      folders: {
        files: {
          'one/a.yaml': file(configMap('one')),
          'two/b.yaml': file(configMap('two')),
        },
        spec: {
          source: source({ path: 'folders', directory: { recurse: true } }),
        },
      },
      several: {
        files: { 'values/dev.yaml': 'greeting: moin\n' },
        spec: {
          source: undefined,
          sources: [
            source({
              path: 'chart',
              helm: { valueFiles: ['$values/several/values/dev.yaml'] },
            }),
            source({ ref: 'values' }),
          ],
        },
      },
    });
    const at = { comparedRevision: revision, appliedRevision: revision };

    for (const [name, sources, names] of [
      ['chart', [{ path: 'chart', recurse: true, ...at }], ['chart']],
      ['overlay', [{ path: 'overlay', recurse: true, ...at }], ['based']],
      ['folders', [{ path: 'folders', recurse: true, ...at }], ['one', 'two']],
      [
        'several',
        [
          { path: 'chart', recurse: true, ...at },
          { refOnly: true, alsoReads: ['several/values/dev.yaml'], ...at },
        ],
        ['several'],
      ],
    ] as const) {
      const object = await proof.watch.waitFor(
        name,
        ({ sync, operation }) =>
          sync.state === 'Synced' && operation?.phase === 'Succeeded',
      );
      expect(object.sources).toMatchObject(sources);
      expect(object.operation?.sources).toMatchObject(
        sources.map(() => ({ revision })),
      );
      expect(
        object.resources
          .filter(({ kind }) => kind === 'ConfigMap')
          .map(resource => resource.name)
          .sort(),
      ).toEqual(names);
    }
  });

  it('follows the dry source where manifests are hydrated first', async () => {
    const hydrated = (name: string, more: object = {}) => ({
      files: { 'a.yaml': file(configMap(name)) },
      spec: {
        source: undefined,
        sourceHydrator: {
          drySource: source({ path: name }),
          syncSource: { targetBranch: `env/${name}`, path: name },
          ...more,
        },
      },
    });
    const first = await proof.deliver({
      hydrated: hydrated('hydrated'),
      staged: hydrated('staged', {
        hydrateTo: { targetBranch: 'env/staged-next' },
      }),
    });
    const done = await proof.watch.waitFor(
      'hydrated',
      ({ sync, operation }) =>
        sync.state === 'Synced' && operation?.phase === 'Succeeded',
    );
    expect(done).toMatchObject({
      health: { state: 'Healthy' },
      sources: [
        {
          path: 'hydrated',
          targetRevision: 'main',
          comparedRevision: first,
          appliedRevision: first,
        },
      ],
      operation: { revision: first },
      history: [{ sources: [{ path: 'hydrated', revision: first }] }],
    });
    // Nobody has moved it to where it is applied from.
    const staged = await proof.watch.waitFor(
      'staged',
      ({ conditions }) => conditions.length > 0,
    );
    expect(staged).toMatchObject({
      health: { state: 'Unknown' },
      sync: {
        state: 'Unknown',
        reason: {
          params: {
            message: expect.stringContaining('waiting for an external process'),
          },
        },
      },
    });

    await proof.push({
      'hydrated/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n',
    });
    await proof.refresh('hydrated');
    const broken = await proof.watch.waitFor(
      'hydrated',
      ({ conditions }) => conditions.length > 0,
    );
    // What was hydrated before is live, and in sync with itself.
    expect(broken).toMatchObject({
      health: { state: 'Healthy' },
      sync: {
        state: 'Unknown',
        reason: {
          code: 'hydrationFailed',
          params: { message: expect.stringContaining('"a.yaml"') },
        },
      },
      conditions: [{ type: 'HydrationFailed' }],
      sources: [{ appliedRevision: first }],
    });

    const mended = await proof.push({
      'hydrated/a.yaml': file(configMap('mended')),
    });
    await proof.refresh('hydrated');
    await proof.watch.waitFor(
      'hydrated',
      ({ conditions, sources: [{ appliedRevision }] }) =>
        conditions.length === 0 && appliedRevision === mended,
    );
  });

  it('sees Applications that others make, in any namespace, and their end', async () => {
    const manifest = proof.application('child', {
      spec: { source: source({ path: 'folders/one' }) },
    });
    await proof.push({ 'children/child.yaml': file(manifest) });
    const set = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'set', namespace: 'argocd' },
      spec: {
        goTemplate: true,
        generators: [
          { list: { elements: [{ env: 'blue' }, { env: 'green' }] } },
        ],
        template: {
          metadata: { name: 'set-{{.env}}' },
          spec: manifest.spec,
        },
      },
    };
    await proof.center.admin.apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: TEAMS } },
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: TEAMS, namespace: 'argocd' },
        spec: {
          sourceNamespaces: [TEAMS],
          sourceRepos: ['*'],
          destinations: [{ namespace: '*', server: '*' }],
          clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        },
      },
      proof.application('elsewhere', {
        namespace: TEAMS,
        spec: { project: TEAMS, source: source({ path: 'folders/two' }) },
      }),
      proof.application('children', {
        spec: { destination: { name: 'in-cluster', namespace: 'argocd' } },
      }),
      set,
    ]);

    const isSynced = ({ sync }: { sync: { state: string } }) =>
      sync.state === 'Synced';
    const elsewhere = await proof.watch.waitFor('elsewhere', isSynced);
    expect(elsewhere.key.namespace).toBe(TEAMS);
    const parent = await proof.watch.waitFor('children', isSynced);
    expect(parent.resources).toMatchObject([
      { kind: 'Application', name: 'child', status: 'Synced' },
    ]);
    const { engine, namespace } = parent.key;
    const name = 'children';
    const ofSet = { kind: 'ApplicationSet', namespace, name: 'set' };
    for (const [made, maker] of [
      [
        'child',
        {
          kind: 'Application',
          name,
          engineObject: { engine, namespace, name },
        },
      ],
      ['set-blue', ofSet],
      ['set-green', ofSet],
    ] as const) {
      // Where its parent is shows once a controller looks after it.
      const { madeBy } = await proof.watch.waitFor(
        made,
        ({ sync }) => sync.state !== 'Unknown',
      );
      expect(madeBy).toMatchObject(maker);
    }
    expect(parent.madeBy).toBeUndefined();

    set.spec.generators = [{ list: { elements: [{ env: 'blue' }] } }];
    await proof.center.admin.apply(set);
    await proof.watch.waitUntilGone('set-green');
    expect(proof.watch.find('set-blue')).toBeDefined();

    // It keeps what it made, and what it made does not say why.
    const template = set.spec.template.metadata;
    template.name = 'set-{{.nobody}}';
    await proof.center.admin.apply({
      ...set,
      spec: { ...set.spec, goTemplateOptions: ['missingkey=error'] },
    });
    const isOfSet = ({ type }: { type: string }) =>
      type.startsWith('ApplicationSet ');
    const orphan = await proof.watch.waitFor('set-blue', ({ conditions }) =>
      conditions.some(isOfSet),
    );
    expect(orphan.conditions.filter(isOfSet)).toMatchObject([
      {
        type: 'ApplicationSet set: RenderTemplateParamsError',
        message: expect.stringContaining('no entry for key "nobody"'),
      },
    ]);
    template.name = 'set-{{.env}}';
    await proof.center.admin.apply(set);
    await proof.watch.waitFor(
      'set-blue',
      ({ conditions }) => !conditions.some(isOfSet),
    );
    await proof.center.admin.delete(
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applicationsets/set',
    );
    await proof.watch.waitUntilGone('set-blue');
  });

  it('tells two Argo CDs on one cluster apart', async () => {
    await proof.deliver({
      twin: { files: { 'a.yaml': file(configMap('a')) } },
    });
    await proof.lab.addArgoCd(proof.center, { namespace: SECOND });
    const { admin } = proof.center;
    await admin.apply(
      proof.application('twin', {
        namespace: SECOND,
        spec: { destination: { name: 'in-cluster', namespace: 'other-twin' } },
      }),
    );
    for (const [namespace, destination] of [
      ['argocd', 'twin'],
      [SECOND, 'other-twin'],
    ]) {
      const twin = await proof.watch.waitFor(
        'twin',
        ({ sync }) => sync.state === 'Synced',
        namespace,
      );
      expect(twin.destination.namespace).toBe(destination);
    }
    expect(await proof.watch.waitForConnection('Connected')).toMatchObject({
      engineVersion: 'v3.5.7',
      reason: undefined,
    });
    // Without an API of theirs, their controllers tell.
    const image = 'quay.io/argoproj/argocd:v3.4.9';
    await admin.request('PATCH', controller(SECOND), {
      contentType: 'application/json-patch+json',
      body: [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: image,
        },
      ],
    });
    const other = EngineWatch.start({
      engine: await engineOf(slipwayModuleArgoCd),
      cluster: proof.center,
    });
    expect(await other.waitForConnection('Connected')).toMatchObject({
      engineVersion: 'v3.4.9, v3.5.7',
    });
    await other.stop();

    await admin.delete(
      `/apis/argoproj.io/v1alpha1/namespaces/${SECOND}/applications/twin`,
    );
    await until(async () => !proof.watch.find('twin', SECOND), {
      what: 'the second twin is gone',
    });
    expect(proof.watch.find('twin', 'argocd')).toBeDefined();
  });

  it('asks the cluster for nothing but what its account may read', async () => {
    const requests = (await proof.center.requests()).filter(({ user }) =>
      user.endsWith(':slipway'),
    );
    expect(requests.length).toBeGreaterThan(1);
    const kinds = new Set(
      requests.map(
        ({ verb, uri, status }) => `${verb} ${uri.split('?')[0]} ${status}`,
      ),
    );
    expect([...kinds].sort()).toEqual([
      `get ${controller(SECOND)} 200`,
      `get ${controller('argocd')} 200`,
      // For the button.
      'get /apis/argoproj.io/v1alpha1/namespaces/argocd/applications/hydrated 200',
      // When an ApplicationSet fails, and when it no longer does.
      'get /apis/argoproj.io/v1alpha1/namespaces/argocd/applications/set-blue 200',
      'get /version 200',
      'list /apis/argoproj.io/v1alpha1/applications 200',
      'list /apis/argoproj.io/v1alpha1/applicationsets 200',
      'patch /apis/argoproj.io/v1alpha1/namespaces/argocd/applications/hydrated 200',
      'watch /apis/argoproj.io/v1alpha1/applications 200',
      'watch /apis/argoproj.io/v1alpha1/applicationsets 200',
    ]);
  });
});
