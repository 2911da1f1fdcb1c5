import { seedExample } from '../seed';
import { Lab, LabOptions } from './Lab';

/** Options of {@link startExampleLab}. */
export interface StartExampleLabOptions extends LabOptions {
  /** Clusters that the centre's Argo CD delivers to, by name. */
  remotes: string[];
  /** Told what has started, and how long it took. */
  log: (line: string) => void;
}

/** The clusters that have an engine. */
export const CENTER = 'center';
export const FLUX = 'flux';

/** The names of so many remote clusters. */
export function remoteNames(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `edge-${String(index + 1).padStart(2, '0')}`,
  );
}

/**
 * A lab with something to look at: a centre whose Argo CD also delivers to
 * remote clusters, a cluster with Flux, and the example repository on all.
 */
export async function startExampleLab(
  options: StartExampleLabOptions,
): Promise<Lab> {
  const { remotes, log } = options;
  const since = Date.now();
  const tell = (what: string) =>
    log(`✔ ${what} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
  const lab = await Lab.create(options);
  try {
    const names = [CENTER, FLUX, ...remotes];
    await lab.addClusters(names);
    tell(`${names.length} clusters`);
    const argoCd = await lab.addArgoCd(lab.cluster(CENTER));
    for (const name of remotes) {
      await argoCd.addRemote(lab.cluster(name));
    }
    tell('Argo CD');
    await lab.addFlux(lab.cluster(FLUX));
    tell('Flux');
    await seedExample({
      git: lab.git,
      argoCd: lab.cluster(CENTER),
      flux: lab.cluster(FLUX),
      remotes: remotes.map(name => lab.cluster(name)),
    });
    tell('the example is on its way');
    return lab;
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
