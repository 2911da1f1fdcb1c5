import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ConfigRepoConfig } from './types';

/** A commit, or the head of a branch. */
type Revision = { commit: string } | { branch: string };

interface Forge {
  /** Page of a file or directory; every forge leads on from one form to the other. */
  path(type: 'file' | 'directory', path: string, at: Revision): string;
  commit(commit: string): string;
}

/**
 * Pages of config repos on their forge. The helpers of `@backstage/integration` move between paths of an address that somebody gave,
 * and split it at the branch by guessing; here everything is known but the address.
 */
export class ForgeLinks {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #configRepos: Map<string, ConfigRepoConfig>;

  private constructor(
    integrations: ScmIntegrationRegistry,
    configRepos: ConfigRepoConfig[],
  ) {
    this.#integrations = integrations;
    this.#configRepos = new Map(configRepos.map(one => [one.name, one]));
  }

  static create(options: {
    integrations: ScmIntegrationRegistry;
    configRepos: ConfigRepoConfig[];
  }): ForgeLinks {
    return new ForgeLinks(options.integrations, options.configRepos);
  }

  /** A file at a commit, or at the branch head; nothing where the integrations do not know the host. */
  file(configRepo: string, path: string, commit?: string): string | undefined {
    return this.#path('file', configRepo, path, commit);
  }

  directory(configRepo: string, path: string): string | undefined {
    return this.#path('directory', configRepo, path);
  }

  commit(configRepo: string, commit: string): string | undefined {
    const config = this.#configRepos.get(configRepo);
    return config && this.#forge(config)?.commit(commit);
  }

  #path(
    type: 'file' | 'directory',
    configRepo: string,
    path: string,
    commit?: string,
  ): string | undefined {
    const config = this.#configRepos.get(configRepo);
    if (!config) return undefined;
    const at = commit === undefined ? { branch: config.branch } : { commit };
    return this.#forge(config)?.path(type, path, at);
  }

  #forge({ url }: ConfigRepoConfig): Forge | undefined {
    const repo = url.replace(/\/+$/, '').replace(/\.git$/, '');
    switch (this.#integrations.byUrl(url)?.type) {
      case 'github':
        return github(repo);
      case 'gitlab':
        return github(`${repo}/-`);
      case 'gitea':
        return gitea(repo);
      case 'bitbucketCloud':
        return bitbucketCloud(repo);
      case 'bitbucketServer':
        return bitbucketServer(repo);
      case 'azure':
        return azure(repo);
      case 'gerrit':
        return gerrit(
          repo,
          this.#integrations.gerrit.byUrl(url)?.config.gitilesBaseUrl,
        );
      default:
        return undefined;
    }
  }
}

/** @see https://docs.github.com/en/repositories/working-with-files/using-files/getting-permanent-links-to-files */
function github(repo: string): Forge {
  return {
    path: (type, path, at) =>
      `${repo}/${type === 'file' ? 'blob' : 'tree'}/${nameOf(at)}/${encodePath(
        path,
      )}`,
    commit: commit => `${repo}/commit/${commit}`,
  };
}

function gitea(repo: string): Forge {
  return {
    path: (_, path, at) =>
      `${repo}/src/${'commit' in at ? 'commit' : 'branch'}/${nameOf(
        at,
      )}/${encodePath(path)}`,
    commit: commit => `${repo}/commit/${commit}`,
  };
}

function bitbucketCloud(repo: string): Forge {
  return {
    // A branch is one segment here, whatever its name.
    path: (_, path, at) =>
      `${repo}/src/${encodeURIComponent(
        'commit' in at ? at.commit : at.branch,
      )}/${encodePath(path)}`,
    commit: commit => `${repo}/commits/${commit}`,
  };
}

/** Clones from `/scm/<project>/<repo>`, where a project that begins with `~` is a person's. */
function bitbucketServer(repo: string): Forge | undefined {
  const match = /^(.*)\/scm\/([^/]+)\/([^/]+)$/.exec(repo);
  if (!match) return undefined;
  const [, base, project, name] = match;
  const owner = project.startsWith('~')
    ? `users/${project.slice(1)}`
    : `projects/${project}`;
  const pages = `${base}/${owner}/repos/${name}`;
  return {
    path: (_, path, at) => {
      const revision = 'commit' in at ? at.commit : `refs/heads/${at.branch}`;
      return `${pages}/browse/${encodePath(path)}?at=${encodeURIComponent(
        revision,
      )}`;
    },
    commit: commit => `${pages}/commits/${commit}`,
  };
}

function azure(repo: string): Forge {
  return {
    path: (_, path, at) => {
      const version = 'commit' in at ? `GC${at.commit}` : `GB${at.branch}`;
      return `${repo}?${new URLSearchParams({ path: `/${path}`, version })}`;
    },
    commit: commit => `${repo}/commit/${commit}`,
  };
}

/** Gitiles shows what Gerrit serves; clones that ask for a password begin with `/a/`. */
function gerrit(repo: string, gitiles: string | undefined): Forge | undefined {
  if (!gitiles) return undefined;
  const project = new URL(repo).pathname.replace(/^\/(?:a\/)?/, '');
  const pages = `${gitiles.replace(/\/+$/, '')}/${project}/+`;
  return {
    path: (_, path, at) => {
      const revision = 'commit' in at ? at.commit : `refs/heads/${at.branch}`;
      return `${pages}/${encodePath(revision)}/${encodePath(path)}`;
    },
    commit: commit => `${pages}/${commit}`,
  };
}

function nameOf(at: Revision): string {
  return encodePath('commit' in at ? at.commit : at.branch);
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
