import { mkdir } from 'fs/promises';
import { join } from 'path';
import { Cluster } from '../kubernetes';
import { answers, freePort, Program } from '../program';
import { installFlux, NAMESPACE } from './installFlux';
import type { FluxKinds } from './types';

const SOURCE_GROUP = 'source.toolkit.fluxcd.io/v1';
const KUSTOMIZE_GROUP = 'kustomize.toolkit.fluxcd.io/v1';

/** Options of {@link Flux.create}. */
export interface FluxOptions {
  /** The cluster that it is installed on. */
  cluster: Cluster;
  programs: string;
  /** Where it keeps its files. */
  folder: string;
  onDeath: (reason: Error) => void;
}

/**
 * Flux's real kustomize-controller, running outside of the cluster that it is
 * on, with a stand-in of its source-controller that serves GitRepositories.
 */
export class Flux {
  readonly #options: FluxOptions;
  readonly #programs: Program[] = [];

  static async create(options: FluxOptions): Promise<Flux> {
    const flux = new Flux(options);
    try {
      await installFlux(options.cluster.admin, options.programs);
      await flux.#start();
      return flux;
    } catch (error) {
      await flux.stop();
      throw error;
    }
  }

  private constructor(options: FluxOptions) {
    this.#options = options;
  }

  get cluster(): Cluster {
    return this.#options.cluster;
  }

  /** Has Flux look now, as `flux reconcile` does. */
  async reconcile(
    kind: keyof FluxKinds,
    name: string,
    namespace = NAMESPACE,
  ): Promise<void> {
    await this.cluster.admin.mergePatch(pathOf(kind, name, namespace), {
      metadata: {
        annotations: {
          'reconcile.fluxcd.io/requestedAt': new Date().toISOString(),
        },
      },
    });
  }

  /** Resolves to the object once it is as the condition wants it. */
  waitFor<K extends keyof FluxKinds>(
    kind: K,
    name: string,
    condition: (object: FluxKinds[K]) => boolean,
    options: { what?: string; timeoutMs?: number } = {},
  ): Promise<FluxKinds[K]> {
    return this.cluster.admin.waitFor(
      pathOf(kind, name, NAMESPACE),
      condition,
      { what: `${kind} ${name} is as wanted`, ...options },
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#programs.map(program => program.stop()));
  }

  async #start(): Promise<void> {
    const { folder, cluster } = this.#options;
    const temporary = join(folder, 'tmp');
    await mkdir(temporary, { recursive: true });
    const env = {
      TMPDIR: temporary,
      HOME: folder,
      GOGC: '50',
      KUBECONFIG: cluster.adminKubeconfig,
      RUNTIME_NAMESPACE: NAMESPACE,
    };
    const artifacts = `127.0.0.1:${await freePort()}`;
    const health = `127.0.0.1:${await freePort()}`;
    const source = this.#run(
      'gitsource',
      [`-listen=${artifacts}`, `-storage=${join(folder, 'artifacts')}`],
      env,
    );
    await mkdir(join(folder, 'artifacts'), { recursive: true });
    const controller = this.#run(
      'kustomize-controller',
      [
        '--watch-all-namespaces=true',
        '--enable-leader-election=false',
        '--requeue-dependency=5s',
        '--metrics-addr=0',
        `--health-addr=${health}`,
        '--log-level=info',
      ],
      env,
    );
    await source.ready(() => answers(`http://${artifacts}/`));
    await controller.ready(() => answers(`http://${health}/readyz`));
  }

  #run(program: string, args: string[], env: Record<string, string>): Program {
    const { programs, folder, cluster, onDeath } = this.#options;
    const running = Program.start({
      name: `${cluster.name}-${program}`,
      programs,
      program,
      args,
      env,
      logs: join(folder, 'logs'),
      onDeath,
    });
    this.#programs.push(running);
    return running;
  }
}

function pathOf(
  kind: keyof FluxKinds,
  name: string,
  namespace: string,
): string {
  return kind === 'GitRepository'
    ? `/apis/${SOURCE_GROUP}/namespaces/${namespace}/gitrepositories/${name}`
    : `/apis/${KUSTOMIZE_GROUP}/namespaces/${namespace}/kustomizations/${name}`;
}
