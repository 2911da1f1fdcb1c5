/** A push as a forge tells of it. */
export interface PushedRepository {
  /** The repository's URLs, as far as the payload names them. */
  urls: string[];
  /** Branch that was pushed; absent when the payload does not say. */
  branch?: string;
}

/**
 * Reads a push web hook's payload, of whichever forge. It only leads to a look at the remote, so a payload that lies
 * costs one cheap request and changes nothing.
 *
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events
 * @see https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Push
 * @see https://learn.microsoft.com/azure/devops/service-hooks/events#git.push
 */
export function pushedRepository(payload: unknown): PushedRepository {
  const urls = [
    ['repository', 'clone_url'],
    ['repository', 'html_url'],
    ['repository', 'git_http_url'],
    ['project', 'git_http_url'],
    ['project', 'web_url'],
    ['repository', 'links', 'html', 'href'],
    ['resource', 'repository', 'remoteUrl'],
  ].flatMap(keys => textAt(payload, keys) ?? []);
  const clones = valueAt(payload, ['repository', 'links', 'clone']);
  if (Array.isArray(clones)) {
    urls.push(...clones.flatMap(clone => textAt(clone, ['href']) ?? []));
  }
  const ref = textAt(payload, ['ref']);
  return {
    urls: [...new Set(urls)],
    branch: ref?.startsWith('refs/heads/')
      ? ref.slice('refs/heads/'.length)
      : undefined,
  };
}

function valueAt(value: unknown, keys: string[]): unknown {
  return keys.reduce<unknown>(
    (current, key) =>
      typeof current === 'object' && current !== null
        ? (current as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

function textAt(value: unknown, keys: string[]): string | undefined {
  const found = valueAt(value, keys);
  return typeof found === 'string' ? found : undefined;
}
