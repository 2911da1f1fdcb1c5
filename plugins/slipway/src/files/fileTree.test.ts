import { file } from '../__testUtils__/fakeFiles';
import { counterparts } from './counterparts';
import {
  buildFileTree,
  FileNode,
  moduleRoots,
  visibleRows,
  waysTo,
} from './fileTree';
import { createFileFilter } from './filterFiles';
import { parseSelection } from './useFileSelection';

const items = [
  file('prod1', 'cart', 'a.yaml'),
  file('prod1', 'checkout', 'overlays/blue/patch.json'),
  file('prod1', 'checkout', 'Deployment.yaml'),
  // Two modules in one directory: neither has it alone.
  file('prod2', 'one', '', { path: 'prod2/one.yaml' }),
  file('prod2', 'two', '', { path: 'prod2/two.yaml' }),
];
const environments = [
  { configRepo: 'shop', name: 'prod1', modules: ['cart', 'checkout', 'empty'] },
  {
    configRepo: 'shop',
    name: 'prod2',
    title: '生产环境',
    modules: ['one', 'two'],
  },
];

function drawn(nodes: readonly FileNode[]): string[] {
  return visibleRows(nodes, () => true).map(
    ({ node, level }) =>
      `${'  '.repeat(level - 1)}${node.label}${
        node.type === 'file' ? '' : ` ${node.files} ${node.path ?? '-'}`
      }`,
  );
}

describe('the tree of files', () => {
  it('goes from environments over modules and folders to files', () => {
    const roots = moduleRoots(items);
    const nodes = buildFileTree({
      items,
      roots,
      environments,
      filtered: false,
    });
    expect(drawn(nodes)).toEqual([
      'prod1 3 -',
      '  cart 1 prod1/cart',
      '    a.yaml',
      '  checkout 2 prod1/checkout',
      '    overlays 1 prod1/checkout/overlays',
      '      blue 1 prod1/checkout/overlays/blue',
      '        patch.json',
      '    Deployment.yaml',
      '  empty 0 -',
      '生产环境 2 -',
      '  one 1 -',
      '    one.yaml',
      '  two 1 -',
      '    two.yaml',
    ]);
    const ids = visibleRows(nodes, () => true).map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      waysTo(nodes, 'shop', 'prod1/checkout/overlays/blue/patch.json'),
    ).toHaveLength(4);
    expect(waysTo(nodes, 'other', 'prod1/cart/a.yaml')).toEqual([]);

    // Folders stay where they are although only one file is left.
    const found = createFileFilter(items)('PATCH  checkout');
    expect(
      drawn(
        buildFileTree({
          items: found,
          roots,
          environments: environments.slice(0, 1),
          filtered: true,
        }),
      ),
    ).toEqual([
      'checkout 1 prod1/checkout',
      '  overlays 1 prod1/checkout/overlays',
      '    blue 1 prod1/checkout/overlays/blue',
      '      patch.json',
    ]);
  });

  it('finds a name among 16,000 files in well under 50 ms', () => {
    const many = Array.from({ length: 16_000 }, (_, index) =>
      file(
        `env${index % 40}`,
        `module${Math.floor(index / 40) % 40}`,
        `overlays/part${index}/Deployment.yaml`,
      ),
    );
    const all = Array.from({ length: 40 }, (_, index) => ({
      configRepo: 'shop',
      name: `env${index}`,
      modules: Array.from({ length: 40 }, (__, at) => `module${at}`),
    }));
    const filter = createFileFilter(many);
    const roots = moduleRoots(many);
    const times = ['d', 'de', 'dep', 'deploy', 'part15999', 'nothing'].map(
      words => {
        const start = performance.now();
        const found = filter(words);
        buildFileTree({
          items: found.slice(0, 400),
          roots,
          environments: all,
          filtered: true,
        });
        return performance.now() - start;
      },
    );
    expect(filter('part15999')).toHaveLength(1);
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('finds what a file is in another environment', () => {
    const others = [
      file('prod2', 'checkout', 'base/deployment.yaml'),
      file('prod2', 'checkout', 'deployment.yaml'),
      file('uat', 'checkout', 'base/deployment.yaml'),
      file('uat', 'checkout', 'my-deployment.yaml'),
      file('prod1', 'checkout', 'base/deployment.yaml'),
    ];
    expect(
      counterparts(others, 'prod1/checkout/deployment.yaml', 'prod1').map(
        ({ path }) => path,
      ),
    ).toEqual([
      'prod2/checkout/deployment.yaml',
      'uat/checkout/base/deployment.yaml',
    ]);
  });

  it.each([
    ['', { view: 'file' }],
    [
      `file=a/b.yaml&repo=shop&view=history&commit=${'a'.repeat(40)}`,
      {
        path: 'a/b.yaml',
        configRepo: 'shop',
        view: 'history',
        commit: 'a'.repeat(40),
      },
    ],
    ['view=nothing&line=-1&commit=main', { view: 'file' }],
    ['file=a&line=7', { view: 'file', path: 'a', line: 7 }],
  ])('reads the address ?%s', (search, expected) => {
    expect(parseSelection(new URLSearchParams(search))).toEqual(expected);
  });
});
