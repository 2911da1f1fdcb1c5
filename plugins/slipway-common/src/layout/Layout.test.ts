import fc from 'fast-check';
import { Layout } from './Layout';
import { nameProblem } from './names';
import { DEFAULT_LAYOUTS } from './types';
import type { DirectoryEntry, LayoutDefinition } from './types';

function layoutOf(
  definitions: readonly LayoutDefinition[],
  ignore: string[] = [],
): Layout {
  const { layout, problems } = Layout.parse(definitions, { ignore });
  expect(problems).toEqual([]);
  return layout;
}

/** A listing of the directories that the files make, `->` marking a symlink. */
function listingOf(files: string[]): (path: string) => DirectoryEntry[] {
  const directories = new Map<string, Map<string, DirectoryEntry['kind']>>([
    ['', new Map()],
  ]);
  for (const file of files) {
    const segments = file.replace('->', '').split('/');
    segments.forEach((name, index) => {
      const parent = segments.slice(0, index).join('/');
      const entries = directories.get(parent) ?? new Map();
      const leaf = file.endsWith('->') ? 'other' : 'file';
      entries.set(name, index < segments.length - 1 ? 'directory' : leaf);
      directories.set(parent, entries);
    });
  }
  return path => {
    const entries = directories.get(path);
    if (!entries) throw new Error(`Listed what is no directory: ${path}`);
    return [...entries].map(([name, kind]) => ({ name, kind }));
  };
}

const COMPONENTS = { path: 'components/{module}/overlays/{environment}' };
const COMPOSED = {
  path: 'namespaces/{cluster}/{module}-{stage:dev|prod}',
  environment: '{cluster}-{stage}',
};
const TAGS: LayoutDefinition = {
  path: 'image-tags/{environment}/{module}.yaml',
};
const TAGS_AND_SAYS_SO: LayoutDefinition = { ...TAGS, module: 'file' };

describe('Layout', () => {
  const found: Array<
    [LayoutDefinition, path: string, environment: string, module: string]
  > = [
    [DEFAULT_LAYOUTS[0], 'prod1/checkout', 'prod1', 'checkout'],
    [DEFAULT_LAYOUTS[0], '生产环境/中间件', '生产环境', '中间件'],
    [COMPONENTS, 'components/gateway/overlays/dev', 'dev', 'gateway'],
    [COMPOSED, 'namespaces/gd/cart-dev', 'gd-dev', 'cart'],
    [COMPOSED, 'namespaces/gd-x/cart-dev-prod', 'gd-x-prod', 'cart-dev'],
    [TAGS, 'image-tags/qa/cart.yaml', 'qa', 'cart'],
    [{ path: '{environment}/{module}/k8s' }, 'qa/cart/k8s', 'qa', 'cart'],
    [
      { path: 'tags/{environment}/{module}', module: 'file' },
      'tags/qa/cart',
      'qa',
      'cart',
    ],
    [{ path: '{environment:dev|qa}-{module}' }, 'qa-qa', 'qa', 'qa'],
    [{ path: '.deploy/{environment}/{module}' }, '.deploy/qa/a', 'qa', 'a'],
  ];
  it.each(found)(
    '%j reads %s as a module and writes it back',
    (definition, path, environment, module) => {
      const layout = layoutOf([definition]);
      const match = layout.match(path);
      expect(match).toMatchObject({ environment, module, modulePath: path });
      expect(layout.modulePath({ environment, module })).toBe(path);
      const directory = match?.kind === 'directory';
      expect(layout.match(path, 'directory')).toEqual(
        directory ? match : undefined,
      );
      expect(layout.match(path, 'file')).toEqual(directory ? undefined : match);
      // A directory claims what is in it, a file itself.
      const claims = [path, `${path}/a/b.yaml`, `${path}/.argocd-source.yaml`];
      expect(
        claims.map(claimed => layout.claim(claimed)?.pathInModule),
      ).toEqual(
        directory
          ? [undefined, 'a/b.yaml', '.argocd-source.yaml']
          : [path.split('/')[2], undefined, undefined],
      );
    },
  );

  it.each([
    [DEFAULT_LAYOUTS[0], 'prod1'],
    [DEFAULT_LAYOUTS[0], 'prod1/cart/deployment.yaml'],
    [DEFAULT_LAYOUTS[0], '.slipway/environments'],
    [DEFAULT_LAYOUTS[0], 'prod1/.hidden'],
    [DEFAULT_LAYOUTS[0], '/prod1/cart'],
    [DEFAULT_LAYOUTS[0], 'prod1/cart/'],
    [DEFAULT_LAYOUTS[0], 'prod1//cart'],
    [DEFAULT_LAYOUTS[0], ''],
    [DEFAULT_LAYOUTS[0], 'prod1/..'],
    [DEFAULT_LAYOUTS[0], 'prod1/-rf'],
    [DEFAULT_LAYOUTS[0], 'prod1/\u202Etxt'],
    [DEFAULT_LAYOUTS[0], 'prod1/caf\uFFFD'],
    [DEFAULT_LAYOUTS[0], 'prod1/cafe\u0301'],
    [DEFAULT_LAYOUTS[0], 'prod1/git~1'],
    [COMPONENTS, 'components/gateway/overlay/dev'],
    [COMPOSED, 'namespaces/gd/cart-qa'],
    [COMPOSED, 'namespaces/gd/-dev'],
    [TAGS, 'image-tags/qa/.yaml'],
    [{ path: 'a{module}a/{environment}' }, 'a/qa'],
  ])('%j takes %s for no module', (definition, path) => {
    expect(layoutOf([definition]).match(path)).toBeUndefined();
  });

  it('claims no file by a path that climbs or enters .git', () => {
    const layout = layoutOf(DEFAULT_LAYOUTS);
    for (const path of [
      'a/b/../c',
      'a/b/./c',
      'a/b/.git/config',
      'a/b/.GIT/x',
    ]) {
      expect(layout.claim(path)).toBeUndefined();
    }
  });

  it.each([
    ['', 'templateEmpty', {}],
    [`{environment}/${'x'.repeat(500)}`, 'templateTooLong', {}],
    [
      '{environment}/{module}/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s',
      'templateTooLong',
      {},
    ],
    ['/{environment}/{module}', 'templateAbsolute', {}],
    ['{environment}//{module}', 'templateEmptySegment', {}],
    ['{environment}/{module}/', 'templateEmptySegment', {}],
    ['../{environment}/{module}', 'templateDotSegment', { segment: '..' }],
    ['./{environment}/{module}', 'templateDotSegment', { segment: '.' }],
    ['.git/{environment}/{module}', 'templateReserved', { segment: '.git' }],
    [
      '.slipway/{environment}/{module}',
      'templateReserved',
      { segment: '.slipway' },
    ],
    [
      '.{environment}/{module}',
      'templateHiddenSegment',
      { segment: '.{environment}' },
    ],
    [
      '{environment}\\{module}',
      'templateLiteralInvalid',
      { problem: 'separator' },
    ],
    [
      'a\u0000/{environment}/{module}',
      'templateLiteralInvalid',
      { problem: 'unprintable' },
    ],
    ['{environment/{module}', 'templatePlaceholderInvalid', {}],
    ['{environment}/{module', 'templateBraceInvalid', { text: '{module' }],
    ['{environment}}/{module}', 'templateBraceInvalid', {}],
    ['{environment}/{}', 'templatePlaceholderInvalid', {}],
    ['{environment}/{Module}', 'templatePlaceholderInvalid', {}],
    ['{environment:}/{module}', 'templateValueInvalid', {}],
    ['{environment:.a|b}/{module}', 'templateValueInvalid', { value: '.a' }],
    [
      '{environment}-{module}',
      'templateAmbiguous',
      { segment: '{environment}-{module}' },
    ],
    ['{environment:x|xx}{module}', 'templateAmbiguous', {}],
    ['{module}{environment:a-dev|dev}', 'templateAmbiguous', {}],
    ['{environment:x|xy}{module:yz|z}', 'templateAmbiguous', {}],
    [
      `{environment:${Array.from({ length: 17 }, (_, i) => `e${i}`).join(
        '|',
      )}}-{module:${Array.from({ length: 17 }, (_, i) => `m${i}`).join('|')}}`,
      'templateTooManyValues',
      { limit: '256' },
    ],
    [
      '{environment}/{module}/{module}',
      'placeholderDuplicate',
      { placeholder: 'module' },
    ],
    ['{environment}', 'placeholderMissing', { placeholder: 'module' }],
    ['{module}', 'placeholderMissing', { placeholder: 'environment' }],
    [
      '{environment}/{team}/{module}',
      'placeholderUnknown',
      { placeholder: 'team' },
    ],
  ])('refuses the path %j: %s', (path, code, params) => {
    const good = { path: 'fine/{environment}/{module}' };
    const { layout, problems } = Layout.parse([{ path }, good]);
    expect(problems).toMatchObject([
      { code, params, pointer: ['layouts', 0, 'path'] },
    ]);
    // The others keep working, by their own numbers.
    expect(layout.match('fine/qa/cart')?.layoutIndex).toBe(1);
  });

  it.each([
    ['{c}/{s}', 'compositionInvalid', 'environment'],
    ['fixed', 'compositionInvalid', 'environment'],
    ['{c:a|b}-{s}', 'compositionInvalid', 'environment'],
    ['{c}-{s}-{module}', 'compositionInvalid', 'environment'],
    ['{c}-{x}', 'placeholderUnknown', 'environment'],
    ['{c}-{c}', 'placeholderDuplicate', 'environment'],
    ['{c}-{s}', 'templateAmbiguous', 'environment'],
    ['{c}', 'placeholderUnknown', 'path'],
  ])('refuses the composition %j: %s', (environment, code, key) => {
    const { problems } = Layout.parse([
      { path: '{c}/{s}/{module}', environment },
    ]);
    expect(problems).toMatchObject([{ code, pointer: ['layouts', 0, key] }]);
  });

  it('refuses a composition where the path names the environment', () => {
    const { problems } = Layout.parse([
      { path: '{environment}/{c}/{module}', environment: '{c}' },
    ]);
    expect(problems).toMatchObject([{ code: 'placeholderUnknown' }]);
  });

  it.each([
    [DEFAULT_LAYOUTS[0], 'prod1', 'prod1'],
    [COMPONENTS, 'prod', 'components/{module}/overlays/prod'],
    [COMPOSED, 'gd-dev', 'namespaces/gd/{module}-dev'],
    [COMPOSED, 'gd-qa', undefined],
    [TAGS, 'qa', 'image-tags/qa'],
    [{ path: 'clusters/{environment}/apps/{module}' }, 'qa', 'clusters/qa'],
    [{ path: '{environment:dev|qa}/{module}' }, 'live', undefined],
    [DEFAULT_LAYOUTS[0], '../etc', undefined],
  ])('%j keeps environment %s at %s', (definition, environment, path) => {
    expect(layoutOf([definition]).environmentPath(environment)).toBe(path);
  });

  it('gives a path to the earlier of two layouts, with what leads to it', () => {
    const layout = layoutOf([COMPONENTS, DEFAULT_LAYOUTS[0]]);
    expect(layout.match('components/gateway')).toBeUndefined();
    expect(
      layout.claim('components/gateway/base/deployment.yaml'),
    ).toBeUndefined();
    expect(
      layout.claim('components/gateway/overlays/qa/x.yaml')?.layoutIndex,
    ).toBe(0);
    expect(layout.match('qa/web')?.layoutIndex).toBe(1);
    expect(layout.modulePath({ environment: 'components', module: 'x' })).toBe(
      'components/x/overlays/components',
    );
    expect(
      layout.modulePath({
        environment: 'components',
        module: 'x',
        layoutIndex: 1,
      }),
    ).toBeUndefined();

    const other = layoutOf([DEFAULT_LAYOUTS[0], COMPONENTS]);
    expect(other.match('components/gateway')?.environment).toBe('components');
    expect(other.match('components/gateway/overlays/qa')).toBeUndefined();

    // A directory and a file layout share a level without being in each other's way.
    const mixed = layoutOf([
      DEFAULT_LAYOUTS[0],
      { path: '{environment}/{module}.yaml' },
    ]);
    expect(mixed.claim('qa/web.yaml')).toMatchObject({
      layoutIndex: 1,
      module: 'web',
    });
    expect(mixed.claim('qa/web/a.yaml')).toMatchObject({
      layoutIndex: 0,
      module: 'web',
    });
  });

  it('claims nothing that is ignored', () => {
    const layout = layoutOf(DEFAULT_LAYOUTS, [
      'docs',
      'tmp-*/',
      '*/*.bak',
      'qa/web/test',
    ]);
    for (const path of ['docs/a', 'tmp-1/a', 'qa/a.bak']) {
      expect(layout.match(path)).toBeUndefined();
      expect(layout.isIgnored(path)).toBe(true);
    }
    expect(layout.match('docs2/a')).toBeDefined();
    expect(layout.match('xdocs/docs')).toBeDefined();
    expect(layout.claim('qa/web/a')).toBeDefined();
    expect(layout.claim('qa/web/test/a')).toBeUndefined();
    expect(
      layout.modulePath({ environment: 'docs', module: 'a' }),
    ).toBeUndefined();
    const bad = ['**', '/docs', '../x', 'a//b', '', '.git'];
    expect(Layout.parse([], { ignore: bad }).problems).toEqual(
      bad.map((entry, index) => ({
        code: 'ignoreInvalid',
        params: { entry },
        pointer: ['ignore', index],
      })),
    );
  });

  it('finds every module by walking only where a template leads', () => {
    const layout = layoutOf(
      [
        COMPONENTS,
        TAGS,
        DEFAULT_LAYOUTS[0],
        { path: 'more/{environment}/{module}' },
      ],
      ['docs'],
    );
    const problems: unknown[] = [];
    const list = listingOf([
      'README.md',
      '.slipway/repo.yaml',
      'components/gateway/base/deployment.yaml',
      'components/gateway/overlays/dev/kustomization.yaml',
      'components/gateway/overlays/prod/kustomization.yaml',
      'components/empty/base/deployment.yaml',
      'image-tags/dev/web.yaml',
      'image-tags/dev/notes.txt',
      'dev/cart/a/b/c.yaml',
      'dev/.cache/a',
      'dev/-x/a',
      'dev/link->',
      'dev/README.md',
      'docs/guide/a.md',
      'more/dev/cart/a.yaml',
    ]);
    const asked: string[] = [];
    const modules = layout.enumerate(
      path => {
        asked.push(path);
        return list(path);
      },
      { onProblem: problem => problems.push(problem) },
    );
    expect([...modules].map(match => match.modulePath)).toEqual([
      'components/gateway/overlays/dev',
      'components/gateway/overlays/prod',
      'image-tags/dev/web.yaml',
      'dev/cart',
      'more/dev',
    ]);
    expect(problems).toEqual([
      {
        code: 'layoutOverlap',
        params: {
          path: 'components/empty',
          layout: '{environment}/{module}',
        },
      },
      {
        code: 'nameUnusable',
        params: { path: 'dev/-x', problem: 'leadingDash' },
      },
      {
        code: 'layoutOverlap',
        params: {
          path: 'more/dev/cart',
          layout: 'more/{environment}/{module}',
        },
      },
    ]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).not.toContain('docs');
    expect(asked).not.toContain('dev/cart');
  });
});

describe('nameProblem', () => {
  it.each([
    ['checkout', undefined],
    ['生产环境 1', undefined],
    ['a b~1', undefined],
    ['x'.repeat(100), undefined],
    ['中'.repeat(100), undefined],
    ['𠮷'.repeat(100), undefined],
    ['x'.repeat(101), 'tooLong'],
    ['中'.repeat(101), 'tooLong'],
    ['', 'empty'],
    ['.git', 'leadingDot'],
    ['--all', 'leadingDash'],
    [' a', 'edgeSpace'],
    ['a\\b', 'separator'],
    ['a\n', 'unprintable'],
    ['a\u200Db', 'unprintable'],
    ['\uD800', 'unprintable'],
    ['e\u0301', 'notNormalized'],
    ['GIT~1', 'reserved'],
  ])('of %j is %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });
});

describe('enumerate', () => {
  it('keeps the first of two modules with one name', () => {
    const layout = layoutOf([
      { path: 'base/{environment}/{module}' },
      { path: 'more/{environment}/{module}' },
    ]);
    const problems: unknown[] = [];
    const modules = layout.enumerate(
      listingOf(['more/qa/web/a', 'base/qa/web/a']),
      { onProblem: problem => problems.push(problem) },
    );
    expect([...modules].map(match => match.modulePath)).toEqual([
      'base/qa/web',
    ]);
    expect(problems).toEqual([
      {
        code: 'moduleDuplicate',
        params: {
          path: 'more/qa/web',
          first: 'base/qa/web',
          environment: 'qa',
          module: 'web',
        },
      },
    ]);
  });
});

describe('Layout, for any names', () => {
  const anyName = fc.string({ unit: 'binary', maxLength: 12 });
  const goodName = fc
    .oneof(
      anyName,
      fc.stringMatching(/^[a-z中文-]{1,8}$/),
      fc.constantFrom('dev', 'dev-dev', 'x-prod', 'a.yaml'),
    )
    .filter(name => !nameProblem(name));
  const literal = fc.constantFrom('a', 'b-', '-', '.x', 'apps', '中');
  const definition: fc.Arbitrary<LayoutDefinition> = fc.oneof(
    fc.constantFrom<LayoutDefinition>(
      DEFAULT_LAYOUTS[0],
      COMPONENTS,
      COMPOSED,
      TAGS_AND_SAYS_SO,
    ),
    fc
      .tuple(
        fc.shuffledSubarray(['{environment}', '{module}'], { minLength: 2 }),
        fc.array(literal, { minLength: 3, maxLength: 3 }),
        fc.constantFrom<LayoutDefinition['module']>(
          undefined,
          'directory',
          'file',
        ),
      )
      .map(([[first, second], [a, b, c], module]) => ({
        path: `${a}/${b}${first}${c}/x${second}`,
        module,
      }))
      .filter(({ path }) => !path.includes('/.x{')),
  );

  it('reads what it wrote and writes what it read', () => {
    fc.assert(
      fc.property(
        fc.array(definition, { minLength: 1, maxLength: 4 }),
        goodName,
        goodName,
        (definitions, environment, module) => {
          const layout = layoutOf(definitions);
          for (const layoutIndex of definitions.keys()) {
            const path = layout.modulePath({
              environment,
              module,
              layoutIndex,
            });
            if (path === undefined) continue;
            const { module: kind = 'directory' } = definitions[layoutIndex];
            const match = layout.match(path, kind);
            expect(match).toMatchObject({
              layoutIndex,
              environment,
              module,
              modulePath: path,
            });
          }
        },
      ),
    );
  });

  it('never leaves the repository, and claims each file in one way', () => {
    const segment = fc.oneof(
      anyName,
      goodName,
      fc.constantFrom(
        '..',
        '.',
        '',
        '.git',
        'components',
        'overlays',
        'namespaces',
        'image-tags',
        'a',
        'xb',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(definition, { minLength: 1, maxLength: 4 }),
        fc.array(segment, { minLength: 1, maxLength: 6 }),
        (definitions, segments) => {
          const layout = layoutOf(definitions);
          const path = segments.join('/');
          const claim = layout.claim(path);
          if (!claim) return;
          expect(path.split('/')).not.toContain('..');
          expect(nameProblem(claim.module)).toBeUndefined();
          expect(nameProblem(claim.environment)).toBeUndefined();
          const { pathInModule, ...match } = claim;
          expect(layout.match(claim.modulePath, claim.kind)).toEqual(match);
          expect(layout.modulePath(claim)).toBe(claim.modulePath);
          expect(path.endsWith(pathInModule)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('spells no path from a name that is none', () => {
    fc.assert(
      fc.property(definition, anyName, anyName, (one, environment, module) => {
        const path = layoutOf([one]).modulePath({ environment, module });
        const fine = !nameProblem(environment) && !nameProblem(module);
        expect(fine || path === undefined).toBe(true);
      }),
    );
  });
});
