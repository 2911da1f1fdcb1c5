import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  getBitbucketCloudOAuthToken,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import type { GitCredentials } from '../git';

/** Finds what to send to the Git server of a URL. Ask per call: tokens of apps are short-lived. */
export type GitCredentialsProvider = (url: string) => Promise<GitCredentials>;

const ANONYMOUS: GitCredentials = { headers: {} };

/**
 * Git credentials from the `integrations` of app-config, in the form in which each provider takes them over HTTP.
 */
export function createGitCredentialsProvider(
  integrations: ScmIntegrationRegistry,
): GitCredentialsProvider {
  const github =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const gitlab =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  const azure =
    DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);

  return async url => {
    switch (integrations.byUrl(url)?.type) {
      case 'github': {
        const { token } = await github.getCredentials({ url });
        return basic('x-access-token', token);
      }
      case 'gitlab': {
        const { token } = await gitlab.getCredentials({ url });
        return basic('oauth2', token);
      }
      case 'azure': {
        const credentials = await azure.getCredentials({ url });
        return credentials ? { headers: credentials.headers } : ANONYMOUS;
      }
      case 'bitbucketCloud': {
        const config = integrations.bitbucketCloud.byUrl(url)?.config;
        if (config?.clientId && config.clientSecret) {
          return basic(
            'x-token-auth',
            await getBitbucketCloudOAuthToken(
              config.clientId,
              config.clientSecret,
            ),
          );
        }
        return config?.username
          ? basic(config.username, config.token ?? config.appPassword)
          : basic('x-token-auth', config?.token);
      }
      case 'bitbucketServer': {
        const config = integrations.bitbucketServer.byUrl(url)?.config;
        return config?.token
          ? { headers: { authorization: `Bearer ${config.token}` } }
          : basic(config?.username, config?.password);
      }
      case 'gitea': {
        const config = integrations.gitea.byUrl(url)?.config;
        return basic(config?.username ?? 'token', config?.password);
      }
      case 'gerrit': {
        const config = integrations.gerrit.byUrl(url)?.config;
        return basic(config?.username, config?.password);
      }
      default:
        return ANONYMOUS;
    }
  };
}

function basic(
  username: string | undefined,
  password: string | undefined,
): GitCredentials {
  if (!username || !password) return ANONYMOUS;
  const encoded = Buffer.from(`${username}:${password}`).toString('base64');
  return { headers: { authorization: `Basic ${encoded}` } };
}
