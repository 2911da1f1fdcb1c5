import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { ForgeLinks } from './ForgeLinks';

const commit = 'c0ffee'.padEnd(40, '0');

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [{ host: 'gitea.test' }],
        gitlab: [
          {
            host: 'gitlab.test:8443',
            token: 't',
            apiBaseUrl: 'https://gitlab.test:8443/sub/api/v4',
            baseUrl: 'https://gitlab.test:8443/sub',
          },
        ],
        bitbucketServer: [
          {
            host: 'bitbucket.test',
            apiBaseUrl: 'https://bitbucket.test/git/rest/api/1.0',
          },
        ],
        gerrit: [
          {
            host: 'gerrit.test',
            gitilesBaseUrl: 'https://gerrit.test/gitiles',
          },
        ],
      },
    },
  }),
);

function linksOf(url: string, branch = 'main') {
  const links = ForgeLinks.create({
    integrations,
    configRepos: [{ name: 'shop', url, branch, refreshMinutes: 1 }],
  });
  const path = 'dev/a b#1/数据?.yaml';
  return {
    file: links.file('shop', path, commit),
    head: links.file('shop', 'dev/a.yaml'),
    directory: links.directory('shop', 'dev/cart'),
    commit: links.commit('shop', commit),
  };
}

const PATH = 'dev/a%20b%231/%E6%95%B0%E6%8D%AE%3F.yaml';

describe('links to forges', () => {
  it.each([
    {
      url: 'https://github.com/ops/shop.git',
      file: `https://github.com/ops/shop/blob/${commit}/${PATH}`,
      head: 'https://github.com/ops/shop/blob/release/1/dev/a.yaml',
      directory: 'https://github.com/ops/shop/tree/release/1/dev/cart',
      commit: `https://github.com/ops/shop/commit/${commit}`,
    },
    {
      url: 'https://gitlab.test:8443/sub/group/ops/shop.git/',
      file: `https://gitlab.test:8443/sub/group/ops/shop/-/blob/${commit}/${PATH}`,
      head: 'https://gitlab.test:8443/sub/group/ops/shop/-/blob/release/1/dev/a.yaml',
      directory:
        'https://gitlab.test:8443/sub/group/ops/shop/-/tree/release/1/dev/cart',
      commit: `https://gitlab.test:8443/sub/group/ops/shop/-/commit/${commit}`,
    },
    {
      url: 'https://gitea.test/ops/shop',
      file: `https://gitea.test/ops/shop/src/commit/${commit}/${PATH}`,
      head: 'https://gitea.test/ops/shop/src/branch/release/1/dev/a.yaml',
      directory: 'https://gitea.test/ops/shop/src/branch/release/1/dev/cart',
      commit: `https://gitea.test/ops/shop/commit/${commit}`,
    },
    {
      url: 'https://bitbucket.org/ops/shop.git',
      file: `https://bitbucket.org/ops/shop/src/${commit}/${PATH}`,
      head: 'https://bitbucket.org/ops/shop/src/release%2F1/dev/a.yaml',
      directory: 'https://bitbucket.org/ops/shop/src/release%2F1/dev/cart',
      commit: `https://bitbucket.org/ops/shop/commits/${commit}`,
    },
    {
      url: 'https://bitbucket.test/git/scm/OPS/shop.git',
      file: `https://bitbucket.test/git/projects/OPS/repos/shop/browse/${PATH}?at=${commit}`,
      head: 'https://bitbucket.test/git/projects/OPS/repos/shop/browse/dev/a.yaml?at=refs%2Fheads%2Frelease%2F1',
      directory:
        'https://bitbucket.test/git/projects/OPS/repos/shop/browse/dev/cart?at=refs%2Fheads%2Frelease%2F1',
      commit: `https://bitbucket.test/git/projects/OPS/repos/shop/commits/${commit}`,
    },
    {
      url: 'https://bitbucket.test/scm/~ann/shop.git',
      commit: `https://bitbucket.test/users/ann/repos/shop/commits/${commit}`,
    },
    {
      url: 'https://dev.azure.com/acme/ops/_git/shop',
      file: `https://dev.azure.com/acme/ops/_git/shop?path=%2Fdev%2Fa+b%231%2F%E6%95%B0%E6%8D%AE%3F.yaml&version=GC${commit}`,
      head: 'https://dev.azure.com/acme/ops/_git/shop?path=%2Fdev%2Fa.yaml&version=GBrelease%2F1',
      directory:
        'https://dev.azure.com/acme/ops/_git/shop?path=%2Fdev%2Fcart&version=GBrelease%2F1',
      commit: `https://dev.azure.com/acme/ops/_git/shop/commit/${commit}`,
    },
    {
      url: 'https://gerrit.test/a/ops/shop',
      file: `https://gerrit.test/gitiles/ops/shop/+/${commit}/${PATH}`,
      head: 'https://gerrit.test/gitiles/ops/shop/+/refs/heads/release/1/dev/a.yaml',
      directory:
        'https://gerrit.test/gitiles/ops/shop/+/refs/heads/release/1/dev/cart',
      commit: `https://gerrit.test/gitiles/ops/shop/+/${commit}`,
    },
  ])('to $url', ({ url, ...expected }) => {
    expect(linksOf(url, 'release/1')).toMatchObject(expected);
  });

  it('are understood by the integrations', () => {
    const edit = (url: string) =>
      integrations.resolveEditUrl(linksOf(url).head ?? '');
    expect(edit('https://github.com/ops/shop.git')).toBe(
      'https://github.com/ops/shop/edit/main/dev/a.yaml',
    );
    expect(edit('https://gitlab.test:8443/sub/ops/shop.git')).toBe(
      'https://gitlab.test:8443/sub/ops/shop/-/edit/main/dev/a.yaml',
    );
    expect(edit('https://gitea.test/ops/shop.git')).toBe(
      'https://gitea.test/ops/shop/_edit/main/dev/a.yaml',
    );
    expect(
      integrations.resolveUrl({
        url: './b.yaml',
        base: linksOf('https://dev.azure.com/acme/ops/_git/shop').head ?? '',
      }),
    ).toBe(
      'https://dev.azure.com/acme/ops/_git/shop?path=%2Fdev%2Fb.yaml&version=GBmain',
    );
  });

  it.each([
    'http://127.0.0.1:7055/shop.git',
    'https://git.example/ops/shop.git',
    'https://bitbucket.test/ops/shop.git',
  ])('are absent for %s', url => {
    const { file, head, directory, commit: page } = linksOf(url);
    expect([file, head, directory, page]).toEqual(Array(4).fill(undefined));
  });
});
