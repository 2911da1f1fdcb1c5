import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createGitCredentialsProvider } from './credentials';

const basic = (text: string) => ({
  headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
});

describe('createGitCredentialsProvider', () => {
  it.each([
    [
      { github: [{ host: 'gh.example', token: 't' }] },
      'https://gh.example/a/b',
      basic('x-access-token:t'),
    ],
    [
      {
        gitlab: [
          {
            host: 'gl.example',
            token: 't',
            apiBaseUrl: 'https://gl.example/api/v4',
          },
        ],
      },
      'https://gl.example/a/b.git',
      basic('oauth2:t'),
    ],
    [
      { gitea: [{ host: 'gt.example', username: 'me', password: 'p' }] },
      'https://gt.example/a/b.git',
      basic('me:p'),
    ],
    [
      { bitbucketServer: [{ host: 'bs.example', token: 't' }] },
      'https://bs.example/scm/a/b.git',
      { headers: { authorization: 'Bearer t' } },
    ],
    [
      {
        gerrit: [
          {
            host: 'gr.example',
            gitilesBaseUrl: 'https://gr.example/gitiles',
            username: 'me',
            password: 'p',
          },
        ],
      },
      'https://gr.example/a/b',
      basic('me:p'),
    ],
    [{}, 'http://127.0.0.1:7480/shop.git', { headers: {} }],
  ])('with %j', async (integrations, url, expected) => {
    const credentials = createGitCredentialsProvider(
      ScmIntegrations.fromConfig(
        mockServices.rootConfig({ data: { integrations } as never }),
      ),
    );
    expect(await credentials(url)).toEqual(expected);
  });
});
