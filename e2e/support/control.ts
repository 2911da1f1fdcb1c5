import { readFileSync } from 'node:fs';

/** What a cluster of the demo can be told to answer. */
export type ClusterFault =
  | { type: 'none' }
  | { type: 'offline' }
  | { type: 'status'; code: 401 | 403 | 410 | 500 };

async function post(path: string, body?: object): Promise<void> {
  const response = await fetch(
    `${process.env.SLIPWAY_E2E_CONTROL_URL}${path}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    },
  );
  if (!response.ok) {
    throw new Error(`The demo refused ${path}: ${await response.text()}`);
  }
}

/** Makes the demo's clusters and config repos what a story needs. */
export const demo = {
  /** Makes the workloads of an Application fare as they are told to. */
  tell(
    cluster: string,
    application: string,
    mood: 'degrade' | 'slow' | 'outofsync' | 'recover',
  ) {
    return post(`/clusters/${cluster}/applications/${application}/${mood}`);
  },

  /** Makes the Kubernetes API of a cluster fail, or work again. */
  break(cluster: string, fault: ClusterFault) {
    return post(`/clusters/${cluster}/fault`, fault);
  },

  /** Pushes one file to a config repo, as somebody who does not use Slipway; without content it is deleted. */
  push(
    configRepo: string,
    commit: { path: string; content?: string; message: string },
  ) {
    return post(`/git/${configRepo}/commit`, { author: 'outsider', ...commit });
  },

  /** A file of an example config repo as it was at first. */
  file(configRepo: string, path: string): string {
    return readFileSync(
      new URL(
        `../../examples/configRepos/${configRepo}/${path}`,
        import.meta.url,
      ),
      'utf8',
    );
  },
};
