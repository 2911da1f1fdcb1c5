import { readPlainManifests } from './readPlainManifests';

type Head = Parameters<typeof readPlainManifests>[1];
type Files = Record<string, string | Buffer | { link: string }>;

/** A branch head that has these files. */
function headWith(files: Files): Head {
  const entries = Object.entries(files).map(([path, content]) => ({
    path,
    entry: {
      name: path,
      mode:
        typeof content === 'object' && 'link' in content ? '120000' : '100644',
      oid: path,
    },
  }));
  return {
    snapshot: {
      entry: (path: string) => entries.find(file => file.path === path)?.entry,
      files: (folder: string) =>
        entries.filter(({ path }) => !folder || path.startsWith(`${folder}/`)),
    },
    git: {
      readBlob: async (oid: string) => Buffer.from(files[oid] as string),
    },
  } as unknown as Head;
}

const read = (files: Files, source: object = {}) =>
  readPlainManifests(
    {
      repoUrl: 'https://git.example',
      path: 'dev/cart',
      recurse: false,
      ...source,
    },
    headWith(files),
  );

const manifest = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n${more}`;

/** Fields `l0` to `l4`, of which the last stands for 6^5 values. */
const ANCHORS = [0, 1, 2, 3, 4]
  .map(level => {
    const item = level ? `*l${level - 1}` : '0';
    return `l${level}: &l${level} [${Array(6).fill(item).join(', ')}]\n`;
  })
  .join('');
const list = (...items: string[]) =>
  `apiVersion: v1\nkind: List\n${ANCHORS}items:\n${items
    .map(item => `- ${item}\n`)
    .join('')}`;
const inline = (name: string, data: string) =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, data: ${data}}`;

describe('readPlainManifests', () => {
  it('reads an object once, whatever number of aliases leads to it', async () => {
    const text = list(
      `&x ${inline('x', '{a: *l4, b: *l4, c: *l4}')}`,
      ...Array(2_000).fill('*x'),
      inline('other', '{}'),
    );
    expect(await read({ 'dev/cart/a.yaml': text })).toMatchObject({
      state: 'read',
      objects: [{ ref: { name: 'x' } }, { ref: { name: 'other' } }],
    });
  });

  it('reads the objects of all manifests, and leaves alone what is none', async () => {
    const answer = await read({
      'dev/cart/a.yaml': `${manifest('a')}---\n# nothing\n---\n${manifest(
        'b',
      )}`,
      'dev/cart/list.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'web', namespace: 'shop' },
          },
        ],
      }),
      'dev/cart/secret.yaml': manifest('c', 'sops: { mac: x }\n'),
      'dev/cart/generated.yaml': manifest('d').replace('name', 'generateName'),
      'dev/cart/notes.md': 'no: [',
      'dev/cart/below/e.yaml': manifest('e'),
      'dev/other/f.yaml': manifest('f'),
    });
    expect(answer).toMatchObject({
      state: 'read',
      objects: [
        { ref: { group: '', kind: 'ConfigMap', name: 'a', namespace: '' } },
        { ref: { name: 'b' }, encrypted: false },
        {
          ref: {
            group: 'apps',
            version: 'v1',
            kind: 'Deployment',
            namespace: 'shop',
            name: 'web',
          },
        },
        { ref: { name: 'c' }, encrypted: true },
      ],
    });
    expect(answer).toHaveProperty('objects.length', 4);
  });

  it.each<[string, Files, object, string]>([
    [
      'a Kustomization',
      { 'dev/cart/kustomization.yaml': '' },
      {},
      'gitNotRendered',
    ],
    ['a chart', { 'dev/cart/Chart.yaml': '' }, {}, 'gitNotRendered'],
    ['jsonnet', { 'dev/cart/a.jsonnet': '' }, {}, 'gitNotRendered'],
    [
      'a Kustomization below, where all below is read',
      { 'dev/cart/below/Kustomization': '' },
      { recurse: true },
      'gitNotRendered',
    ],
    [
      'what the engine object renders',
      {},
      { rendered: true },
      'gitNotRendered',
    ],
    [
      'a chart of a repository',
      {},
      { chart: 'redis', path: undefined },
      'gitNotRendered',
    ],
    ['what Flux ignores', { '.sourceignore': '' }, {}, 'gitNotRendered'],
    ['a link', { 'dev/cart/a.yaml': { link: '../b' } }, {}, 'gitNotRendered'],
    ['broken YAML', { 'dev/cart/a.yaml': 'a: [' }, {}, 'manifestUnreadable'],
    [
      'what is no text',
      { 'dev/cart/a.yaml': Buffer.from([0, 1]) },
      {},
      'manifestUnreadable',
    ],
    [
      'more files than anyone would',
      Object.fromEntries(
        Array.from({ length: 1_001 }, (_, index) => [
          `dev/cart/${index}.yaml`,
          '',
        ]),
      ),
      {},
      'gitTooLarge',
    ],
    [
      'more than is held at once',
      Object.fromEntries(
        Array.from({ length: 9 }, (_, index) => [
          `dev/cart/${index}.yaml`,
          `# ${'x'.repeat(1_000_000)}`,
        ]),
      ),
      {},
      'gitTooLarge',
    ],
    [
      'objects that share what aliases repeat, in whatever files they are',
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [
          `dev/cart/${index}.yaml`,
          list(inline(`x${index}`, '*l4')),
        ]),
      ),
      {},
      'gitTooLarge',
    ],
    [
      'a long text that aliases repeat',
      Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [
          `dev/cart/${index}.yaml`,
          list(
            inline(
              `x${index}`,
              `[&t ${'x'.repeat(100_000)}${', *t'.repeat(18)}]`,
            ),
          ),
        ]),
      ),
      {},
      'gitTooLarge',
    ],
    [
      'more objects than anyone would',
      {
        'dev/cart/a.yaml': Array.from({ length: 5_001 }, (_, index) =>
          manifest(`c${index}`),
        ).join('---\n'),
      },
      {},
      'gitTooLarge',
    ],
  ])('does not read %s', async (_, files, source, code) => {
    expect(await read(files, source)).toMatchObject({
      state: 'notRead',
      reason: { code },
    });
  });

  it('reads past what is in a folder that is not its own', async () => {
    expect(
      await read({
        'dev/cart/a.yaml': manifest('a'),
        'dev/cart/below/kustomization.yaml': '',
      }),
    ).toMatchObject({ state: 'read', objects: [{ ref: { name: 'a' } }] });
  });
});
