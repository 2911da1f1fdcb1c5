import { pushedRepository } from './pushedRepositories';

describe('pushedRepository', () => {
  it.each([
    [
      'GitHub and Gitea',
      {
        ref: 'refs/heads/main',
        repository: {
          clone_url: 'https://git.example/ops/shop.git',
          html_url: 'https://git.example/ops/shop',
        },
      },
      ['https://git.example/ops/shop.git', 'https://git.example/ops/shop'],
      'main',
    ],
    [
      'GitLab',
      {
        ref: 'refs/heads/release/1',
        project: { git_http_url: 'https://gitlab.example/ops/shop.git' },
      },
      ['https://gitlab.example/ops/shop.git'],
      'release/1',
    ],
    [
      'Bitbucket Cloud',
      { repository: { links: { html: { href: 'https://bb.example/a/b' } } } },
      ['https://bb.example/a/b'],
      undefined,
    ],
    [
      'Bitbucket Server',
      {
        repository: {
          links: { clone: [{ href: 'https://bb.example/scm/a/b.git' }, 7] },
        },
      },
      ['https://bb.example/scm/a/b.git'],
      undefined,
    ],
    [
      'Azure DevOps',
      { resource: { repository: { remoteUrl: 'https://dev.example/_git/a' } } },
      ['https://dev.example/_git/a'],
      undefined,
    ],
    ['a tag', { ref: 'refs/tags/v1' }, [], undefined],
    ['nonsense', 'nonsense', [], undefined],
    ['nothing', undefined, [], undefined],
    [
      'the wrong types',
      { repository: { clone_url: 7 }, ref: {} },
      [],
      undefined,
    ],
  ])('reads %s', (_, payload, urls, branch) => {
    expect(pushedRepository(payload)).toEqual({ urls, branch });
  });
});
