import { dirname, join } from 'path';
import { GitServer, readExampleRepo, replacePlaceholders } from 'demo';
import { findSources } from '../build/sources';
import { Cluster } from '../kubernetes';

/** The example repository's name on the Git server. */
export const EXAMPLE_REPO = 'lab';

/** Stands in the example's files for the name of each remote cluster. */
const REMOTE = 'REMOTE';

/** Options of {@link seedExample}. */
export interface SeedExampleOptions {
  git: GitServer;
  /** The clusters with Argo CD and with Flux, which get the objects that bring in the rest. */
  argoCd?: Cluster;
  flux?: Cluster;
  /** Clusters that Argo CD delivers to beside its own. */
  remotes: Cluster[];
}

/**
 * Makes the repository of `examples/lab` on the Git server and has the engines
 * deliver it: plain files, a Kustomize directory, a Helm chart with a hook, and
 * one environment for each remote cluster.
 */
export async function seedExample(options: SeedExampleOptions): Promise<void> {
  const { git, argoCd, flux, remotes } = options;
  const example = await readExampleRepo(
    join(dirname(findSources()), 'examples'),
    'lab',
  );
  const files = new Map<string, string>();
  for (const [path, content] of example) {
    const text = replacePlaceholders(content, { git: git.url, clusters: {} });
    const isRemote = /(^|\/)remote[./-]/.test(path);
    for (const { name } of isRemote ? remotes : [{ name: REMOTE }]) {
      files.set(
        isRemote ? path.replace('remote', name) : path,
        text.replaceAll(REMOTE, name),
      );
    }
  }
  await git.createRepository(EXAMPLE_REPO);
  await git.commit(EXAMPLE_REPO, 'main', [
    {
      message: 'Deliver the example',
      author: { name: 'engineer', email: 'engineer@example.com' },
      date: new Date(),
      files,
    },
  ]);
  await argoCd?.admin.apply(files.get('bootstrap/argocd.yaml')!);
  await flux?.admin.apply(files.get('bootstrap/flux.yaml')!);
}
