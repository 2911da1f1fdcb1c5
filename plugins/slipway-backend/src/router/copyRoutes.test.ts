import { TestDatabases } from '@backstage/backend-test-utils';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  CopiedFile,
  EnvironmentCopy,
  Finding,
} from '@slipway/backstage-plugin-slipway-common';
import { parse } from 'yaml';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { TestRepo } from '../git/testUtils/testRepo';
import {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
} from '../permissions';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const application = (environment: string, module: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${environment}-${module}, namespace: argocd }
spec:
  source: { repoURL: http://git/shop.git, path: ${environment}/${module} }
  destination: { server: https://kubernetes.default.svc, namespace: shop-${environment} }
`;
const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: hunter2\n';
const content: Record<string, string> = {
  ...files,
  'apps/dev-cart.yaml': application('dev', 'cart'),
  'dev/cart/a.yaml': `# comment
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cart
  namespace: shop-dev # where it is
  labels: { env: dev }
spec:
  rules:
    - host: cart.example.com
`,
  'dev/cart/b.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\ndata: { a: "1" }\n',
  'dev/cart/secret.yaml': SECRET,
  'dev/cart/sops.yaml':
    'data: ENC[AES256_GCM,data:x]\nsops:\n  age: [{ recipient: age1abc }]\n  mac: ENC[x]\n',
  'dev/cart/broken.yaml': 'a: [\n',
  'prod1/checkout/kustomization.yaml': 'resources: [../../dev/cart/b.yaml]\n',
};

describe.each(databases.eachSupportedId())('copies on %s', databaseId => {
  let replica: Awaited<ReturnType<typeof startReplica>>;
  let repo: TestRepo;

  async function start(plainSecrets: string) {
    repo = await TestRepo.create([{ files: content, message: 'Begin' }]);
    replica = await startReplica(await databases.init(databaseId), repo, {
      plainSecrets,
    });
    const cart = '/environments/shop/dev/modules/cart';
    await until(async () => (await replica.get(cart)).status === 200);
  }
  afterEach(() => replica.stop());

  const post = (path: string, body: object) =>
    replica.post(`/config-repos/shop/changes${path}`).send(body);
  const toQa: EnvironmentCopy = {
    source: 'dev',
    target: {
      name: 'qa',
      title: '测试环境',
      stage: 'dev',
      targets: [{ cluster: 'center', namespace: 'shop-qa' }],
    },
    modules: ['cart'],
  };
  const plan = async (copy: EnvironmentCopy) => {
    const { body } = await post('/plan', { kind: 'copy', copy }).expect(200);
    return body;
  };
  const run = (copy: EnvironmentCopy, more: object = {}) =>
    post('', { kind: 'copy', copy, message: 'Copy dev', ...more });
  const table = (rows: CopiedFile[]) =>
    Object.fromEntries(
      rows.map(({ path, status, remarks }) => [
        path,
        [status, ...remarks.map(({ code }) => code)].join(' '),
      ]),
    );
  const codes = (findings: Finding[]) =>
    findings
      .filter(({ severity }) => severity !== 'info')
      .map(({ code }) => code);
  const show = (path: string) => repo.git('show', `main:${path}`);

  it('makes a new environment of another one, with one commit', async () => {
    await start('warn');
    const begin = await repo.git('rev-parse', 'main');
    const planned = await plan({ ...toQa, preview: ['qa/cart/a.yaml'] });
    expect(planned.copy).toMatchObject({
      source: { name: 'dev', title: 'dev title', exists: true, path: 'dev' },
      target: { name: 'qa', title: '测试环境', exists: false, path: 'qa' },
    });
    expect(table(planned.copy.files)).toEqual({
      '.slipway/environments/qa.yaml': 'created',
      'apps/qa-cart.yaml': 'rewritten',
      'qa/cart/a.yaml': 'rewritten',
      'qa/cart/b.yaml': 'verbatim',
      'qa/cart/broken.yaml': 'verbatim copyUnparsable',
      'qa/cart/secret.yaml': 'leftOut copySecretLeftOut',
      'qa/cart/sops.yaml': 'verbatim copySops',
    });
    expect(planned.copy.rules).toEqual([
      {
        rule: { type: 'namespace', from: 'shop-dev', to: 'shop-qa' },
        values: 1,
        files: 1,
      },
      {
        rule: { type: 'label', path: 'env', from: 'dev', to: 'qa' },
        values: 1,
        files: 1,
      },
      {
        rule: {
          type: 'host',
          from: 'cart.example.com',
          to: 'qa.cart.example.com',
        },
        values: 1,
        files: 1,
      },
    ]);
    const previewed = planned.copy.files.find(({ diff }: CopiedFile) => diff);
    expect(previewed).toMatchObject({
      path: 'qa/cart/a.yaml',
      values: 3,
      diff: { oldPath: 'dev/cart/a.yaml', additions: 3, deletions: 3 },
    });
    expect(planned).toMatchObject({
      touches: [
        {
          environment: 'qa',
          module: 'cart',
          targets: [{ cluster: 'center', namespace: 'shop-qa' }],
        },
      ],
      gate: { allowed: true, missing: [] },
    });
    const copy: EnvironmentCopy = {
      ...toQa,
      excludedFiles: ['dev/cart/broken.yaml'],
      secretsOf: [{ path: 'dev/cart/secret.yaml', secrets: 'keep' }],
      rules: planned.copy.rules.map(({ rule }: { rule: object }) => rule),
    };
    const { digest, gate, pruned } = await plan(copy);
    expect(gate).toEqual({ allowed: true, missing: [] });
    expect(pruned).toEqual([]);
    await run(copy, { digest: 'v1:other' }).expect(409);
    expect(await repo.git('rev-parse', 'main')).toBe(begin);
    const { body } = await run(copy, { digest }).expect(201);
    expect(body.summary).toMatchObject({ kind: 'copy', files: 6 });
    expect(table(body.copy.files)).toMatchObject({
      'qa/cart/secret.yaml': 'verbatim copySecretKept',
      'qa/cart/broken.yaml': 'leftOut copyExcluded',
    });
    expect(
      (await repo.git('diff', '--name-status', begin, 'main')).split('\n'),
    ).toEqual([
      'A\t.slipway/environments/qa.yaml',
      'A\tapps/qa-cart.yaml',
      'A\tqa/cart/a.yaml',
      'A\tqa/cart/b.yaml',
      'A\tqa/cart/secret.yaml',
      'A\tqa/cart/sops.yaml',
    ]);
    expect(await show('qa/cart/a.yaml')).toBe(
      content['dev/cart/a.yaml']
        .replace('shop-dev', 'shop-qa')
        .replace('env: dev', 'env: qa')
        .replace('cart.example.com', 'qa.cart.example.com')
        .trimEnd(),
    );
    expect(parse(await show('apps/qa-cart.yaml'))).toMatchObject({
      metadata: { name: 'qa-cart' },
      spec: {
        source: { path: 'qa/cart' },
        destination: { namespace: 'shop-qa' },
      },
    });
    expect(parse(await show('.slipway/environments/qa.yaml'))).toEqual({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'qa', title: '测试环境' },
      spec: {
        targets: [{ cluster: 'center', namespace: 'shop-qa' }],
        stage: 'dev',
      },
    });
    await until(
      async () => (await replica.get('/environments/shop/qa')).status === 200,
    );

    // What was rewritten is what one expects to differ, whichever way one looks.
    for (const [left, right] of [
      ['dev', 'qa'],
      ['qa', 'dev'],
    ]) {
      const compared = await replica
        .get(`/environments/shop/${left}/comparison?other=${right}`)
        .expect(200);
      const cart = compared.body.modules.find(
        ({ name }: { name: string }) => name === 'cart',
      );
      expect(cart.files).toContainEqual(
        expect.objectContaining({ path: 'a.yaml', state: 'expected' }),
      );
    }
    // It cannot be made anew, and over it there is nothing to do.
    await run(toQa).expect(400);
    const again = await plan({
      ...copy,
      target: { name: 'qa' },
      existing: 'overwrite',
    });
    expect(table(again.copy.files)).toEqual({
      'qa/cart/a.yaml': 'same copyExistsSame',
      'qa/cart/b.yaml': 'same copyExistsSame',
      'qa/cart/broken.yaml': 'leftOut copyExcluded',
      'qa/cart/secret.yaml': 'same copyExistsSame',
      'qa/cart/sops.yaml': 'same copyExistsSame',
    });

    const undo = { kind: 'rollback', rollback: { change: body.summary.id } };
    await post('', { ...undo, message: 'Undo', reason: 'Wrong' }).expect(201);
    expect(await repo.git('rev-parse', 'main^{tree}')).toBe(
      await repo.git('rev-parse', `${begin}^{tree}`),
    );
  });

  it('asks about what the target has already', async () => {
    await start('warn');
    const copy: EnvironmentCopy = {
      source: 'dev',
      target: { name: 'prod1' },
      modules: ['checkout', 'cart'],
      excludedFiles: ['dev/cart/broken.yaml'],
      rules: [],
    };
    const rows = async (existing?: EnvironmentCopy['existing']) =>
      table((await plan({ ...copy, existing })).copy.files);
    expect(await rows()).toMatchObject({
      'prod1/checkout/a.yaml': 'same copyExistsSame',
      'prod1/cart/a.yaml': 'verbatim',
    });
    await repo.commit({
      files: { 'prod1/checkout/a.yaml': 'a: 2\n' },
      message: 'Differ',
    });
    await replica.post('/config-repos/shop/refresh').expect(200);
    await until(
      async () =>
        (await rows())['prod1/checkout/a.yaml'] === 'skipped copyModuleExists',
    );
    expect(await rows('onlyMissing')).toMatchObject({
      'prod1/checkout/a.yaml': 'skipped copyExistsDiffers',
    });
    const { copy: over } = await plan({
      ...copy,
      existing: 'overwrite',
      preview: ['prod1/checkout/a.yaml'],
    });
    const file = over.files.find(
      ({ path }: CopiedFile) => path === 'prod1/checkout/a.yaml',
    );
    expect(file).toMatchObject({
      status: 'verbatim',
      overwrites: true,
      // Of what it overwrites.
      diff: { status: 'modified', additions: 1, deletions: 1 },
    });
  });

  it('saves rules under a name in the same commit, and takes them again', async () => {
    await start('warn');
    const list = () => replica.get('/config-repos/shop/copy-rules').expect(200);
    expect((await list()).body.items).toEqual([]);
    const rules: EnvironmentCopy['rules'] = [
      { type: 'host', from: 'cart.example.com', to: 'qa.example.com' },
      { type: 'replicas', to: '2' },
    ];
    const copy = { ...toQa, rules, saveRules: '测试 qa' };
    const path = '.slipway/copyRules/测试 qa.yaml';
    expect(
      codes((await plan({ ...copy, saveRules: '../x' })).findings),
    ).toEqual(['nameInvalid']);
    expect(codes((await plan({ ...copy, rules: [] })).findings)).toEqual([
      'schemaInvalid',
    ]);
    const { body } = await run(copy).expect(201);
    expect(table(body.copy.files)).toMatchObject({ [path]: 'created' });
    expect(parse(await show(path))).toEqual({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'CopyRules',
      metadata: { name: '测试 qa' },
      spec: { rules },
    });
    await until(async () => (await list()).body.items.length === 1);
    const [saved] = (await list()).body.items;
    expect(saved).toEqual({ name: '测试 qa', rules });
    const again = {
      ...copy,
      target: { ...toQa.target, name: 'qb' },
      rules: saved.rules,
    };
    expect(table((await plan(again)).copy.files)).toMatchObject({
      [path]: 'same',
    });
    const other = await plan({ ...again, rules: rules.slice(1) });
    expect(
      other.copy.files.find((file: CopiedFile) => file.path === path),
    ).toMatchObject({ status: 'created', overwrites: true });

    await repo.commit({
      files: { '.slipway/copyRules/bad.yaml': 'kind: CopyRules\n' },
      message: 'Break',
    });
    await replica.post('/config-repos/shop/refresh').expect(200);
    const { body: configRepo } = await replica
      .get('/config-repos/shop')
      .expect(200);
    expect(JSON.stringify(configRepo.findings)).toContain('copyRules/bad.yaml');
    expect((await list()).body.items).toEqual([saved]);
  });

  it('keeps plain secrets only where the policy lets it, and empties them on request', async () => {
    await start('refuse');
    const secrets = (choice: EnvironmentCopy['secrets']) => ({
      ...toQa,
      secrets: choice,
      excludedFiles: ['dev/cart/broken.yaml'],
      preview: ['qa/cart/secret.yaml'],
    });
    const kept = await plan(secrets('keep'));
    expect(table(kept.copy.files)).toMatchObject({
      'qa/cart/secret.yaml': 'refused copySecretRefused',
    });
    expect(kept.gate.allowed).toBe(false);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    const emptied = await plan(secrets('empty'));
    expect(emptied.gate.allowed).toBe(true);
    expect(table(emptied.copy.files)).toMatchObject({
      'qa/cart/secret.yaml': 'rewritten copySecretEmptied',
    });
    expect(JSON.stringify(emptied)).not.toContain('hunter2');
    await run(secrets('empty')).expect(201);
    expect(await show('qa/cart/secret.yaml')).toBe(
      SECRET.replace('hunter2', '""').trimEnd(),
    );
  });

  it('says why a copy cannot go', async () => {
    await start('allow');
    const why = async (target: EnvironmentCopy['target'], more: object = {}) =>
      codes((await plan({ ...toQa, ...more, target })).findings);
    const { targets } = toQa.target;
    expect(await why({ name: 'dev' })).toEqual(['copySameEnvironment']);
    expect(await why({ name: 'prod1', targets })).toEqual(['copyTargetExists']);
    expect(await why({ name: 'PROD1', targets })).toEqual(['copyNameTaken']);
    expect(await why({ name: '.x', targets })).toEqual(['copyNameInvalid']);
    expect(await why({ name: 'qa' })).toEqual(['copyTargetIncomplete']);
    expect(await why({ name: 'qa', targets }, { modules: ['none'] })).toContain(
      'copyModuleUnknown',
    );
    expect(
      await why(
        { name: 'qa', targets },
        { rules: [{ type: 'text', from: '(a)\\1', to: 'b' }] },
      ),
    ).toContain('rulePattern');
    await post('/plan', {
      kind: 'copy',
      copy: { ...toQa, source: 'none' },
    }).expect(404);
    await post('/plan', { kind: 'copy' }).expect(400);
    await post('/plan', {
      kind: 'edit',
      copy: toQa,
      operations: [{ type: 'delete', path: 'a' }],
    }).expect(400);
  });

  it('may go to a new environment that the policy would let the person change', async () => {
    await start('allow');
    const { authorizeConditional } = replica.permissions;
    authorizeConditional.mockImplementation(async requests =>
      requests.map(({ permission }) =>
        createSlipwayEnvironmentConditionalDecision(
          permission as ResourcePermission<'slipway-environment'>,
          slipwayEnvironmentConditions.hasStage({ stages: ['dev'] }),
        ),
      ),
    );
    expect((await plan(toQa)).gate).toEqual({ allowed: true, missing: [] });
    const target = { ...toQa.target, stage: 'live' };
    expect((await plan({ ...toQa, target })).gate.missing).toMatchObject([
      { code: 'permissionMissing', params: { environment: 'qa' } },
      { code: 'permissionMissing', params: { environment: 'qa' } },
    ]);
  });

  it('lets one of two people win who copy to one target at once, and tells the other', async () => {
    await start('allow');
    const begin = await repo.git('rev-parse', 'main');
    const to = (namespace: string): EnvironmentCopy => ({
      ...toQa,
      target: { name: 'qa', targets: [{ cluster: 'center', namespace }] },
      excludedFiles: ['dev/cart/broken.yaml'],
    });
    const plans = await Promise.all([plan(to('qa-a')), plan(to('qa-b'))]);
    const answers = await Promise.all(
      ['qa-a', 'qa-b'].map((name, index) =>
        run(to(name), { digest: plans[index].digest }),
      ),
    );
    const landed = answers.filter(({ body }) => body.summary?.commit);
    const told = answers.filter(answer => !landed.includes(answer));
    expect(landed).toHaveLength(1);
    expect(told).toHaveLength(1);
    const { status, body } = told[0];
    expect(status === 409 || body.summary?.reason?.code === 'conflict').toBe(
      true,
    );
    expect(await repo.git('rev-list', '--count', `${begin}..main`)).toBe('1');
  });

  it('finds what the target cluster has already, and what no engine reads', async () => {
    await start('allow');
    const revision = await repo.git('rev-parse', 'main');
    await replica.engine.tell('center', {
      ...replica.application('dev', 'cart', { revision }),
      resources: [
        {
          group: '',
          kind: 'ConfigMap',
          namespace: 'shop-dev',
          name: 'b',
          requiresPruning: false,
        },
      ],
    });
    const copy: EnvironmentCopy = {
      ...toQa,
      target: {
        name: 'qa',
        targets: [{ cluster: 'center', namespace: 'shop-dev' }],
      },
      excludedFiles: ['dev/cart/broken.yaml'],
    };
    await until(async () =>
      codes((await plan(copy)).findings).includes('copyCollides'),
    );
    const { findings } = await plan(copy);
    expect(findings).toMatchObject([
      {
        severity: 'error',
        code: 'copyCollides',
        params: {
          kind: 'ConfigMap',
          name: 'b',
          namespace: 'shop-dev',
          engineObject: 'dev-cart',
        },
        file: 'qa/cart/b.yaml',
      },
      {
        severity: 'warning',
        code: 'copyEngineUnread',
        params: { path: 'apps/qa-cart.yaml', count: '1' },
      },
    ]);
    expect(
      codes(
        (await plan({ ...toQa, excludedFiles: copy.excludedFiles })).findings,
      ),
    ).toEqual(['copyEngineUnread']);

    // What another repository brings is in the way as well, and is not named.
    const foreign = replica.application('dev', 'other', { revision });
    await replica.engine.tell('center', {
      ...foreign,
      sources: foreign.sources.map(source => ({
        ...source,
        repoUrl: 'https://git.example/other.git',
      })),
      resources: [
        { group: '', kind: 'ConfigMap', namespace: 'shop-qa', name: 'b' },
      ],
    });
    await until(async () =>
      codes(
        (
          await plan({ ...toQa, excludedFiles: copy.excludedFiles })
        ).findings,
      ).includes('copyCollidesUnnamed'),
    );
  });
});
