import { defined, mapped } from './__testUtils__/mapped';

const REPO = 'https://git.example/ops/shop.git';

describe('the sources of an Application', () => {
  it.each<[string, object, object[]]>([
    ['none', {}, []],
    ['no repository', { source: { path: 'x' } }, []],
    [
      'the root, recursively, with globs',
      {
        source: {
          repoURL: REPO,
          path: '.',
          directory: { recurse: true, include: '*.yaml', exclude: 'x/*' },
        },
      },
      [
        {
          repoUrl: REPO,
          path: '',
          recurse: true,
          include: '*.yaml',
          exclude: 'x/*',
        },
      ],
    ],
    [
      'an untidy path',
      { source: { repoURL: REPO, path: './/dev/../qa/cart/' } },
      [{ repoUrl: REPO, path: 'qa/cart', recurse: false }],
    ],
    [
      'a path out of the repository',
      { source: { repoURL: REPO, path: '../other' } },
      [{ repoUrl: REPO, recurse: false }],
    ],
    [
      'a chart',
      {
        source: {
          repoURL: 'https://charts.example',
          chart: 'redis',
          path: 'x',
        },
      },
      [{ repoUrl: 'https://charts.example', chart: 'redis', recurse: false }],
    ],
    [
      'an overlay with components elsewhere',
      {
        source: {
          repoURL: REPO,
          path: 'overlays/dev',
          kustomize: { components: ['../../components/tls', 'own'] },
        },
      },
      [
        {
          repoUrl: REPO,
          path: 'overlays/dev',
          recurse: true,
          rendered: true,
          alsoReads: ['components/tls'],
        },
      ],
    ],
    [
      'a chart with values from another source and sources win over source',
      {
        source: { repoURL: 'https://old.example', path: 'old' },
        sources: [
          {
            repoURL: 'https://charts.example',
            chart: 'redis',
            helm: {
              valueFiles: [
                '$values/redis/common.yaml',
                '$values/redis/env-*/v.yaml',
                '$values/../../etc/passwd',
                '$other/x.yaml',
                'own.yaml',
                'https://x.example/v.yaml',
              ],
              fileParameters: [{ name: 'a', path: '$values/files/a.txt' }],
            },
          },
          { repoURL: REPO, targetRevision: 'main', ref: 'values' },
          {
            repoURL: REPO,
            path: 'cart',
            ref: 'also',
            helm: {
              valueFiles: [
                '/shared/a.yaml',
                '../b.yaml',
                'c.yaml',
                '/v/$ENV.yaml',
              ],
            },
          },
        ],
      },
      [
        {
          repoUrl: 'https://charts.example',
          chart: 'redis',
          recurse: true,
          rendered: true,
        },
        {
          repoUrl: REPO,
          targetRevision: 'main',
          recurse: false,
          refOnly: true,
          alsoReads: ['redis/common.yaml', 'redis', 'files/a.txt'],
        },
        {
          repoUrl: REPO,
          path: 'cart',
          recurse: true,
          rendered: true,
          alsoReads: ['shared/a.yaml', 'b.yaml', 'v'],
        },
      ],
    ],
    [
      'a source hydrator',
      {
        sourceHydrator: {
          drySource: { repoURL: REPO, path: 'cart', targetRevision: 'main' },
          syncSource: { targetBranch: 'env/dev', path: 'cart' },
        },
      },
      [{ repoUrl: REPO, path: 'cart', targetRevision: 'main', recurse: false }],
    ],
  ])('are told: %s', (_, spec, expected) => {
    expect(defined(mapped({ spec }).sources)).toEqual(expected);
  });

  it('are whole folders where they were rendered', () => {
    const spec = { source: { repoURL: REPO, path: 'cart' } };
    const recurse = (sourceType: string) =>
      mapped({ spec, status: { sourceType } }).sources[0].recurse;
    expect(['Directory', 'Kustomize', 'Helm', 'Plugin'].map(recurse)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});
