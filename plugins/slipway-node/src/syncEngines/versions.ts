import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import { type KubernetesConnection, KubernetesError } from '../kubernetes';
import { fields, text } from '../reading';
import type { SyncEngineConnection } from './watch';

/**
 * An engine's version, or why it cannot be known; neither where nobody answered.
 *
 * @public
 */
export type EngineVersion = Pick<
  SyncEngineConnection & { state: 'Connected' },
  'engineVersion' | 'engineVersionReason'
>;

/**
 * @public
 */
export interface ClusterVersionsOptions {
  connection: KubernetesConnection;
  /** Asks for the engine's; may throw. */
  readEngineVersion: (signal: AbortSignal) => Promise<EngineVersion>;
  /** Ends what is asked. */
  signal: AbortSignal;
  now?: () => number;
}

const TIMEOUT_MILLISECONDS = 5_000;
/** An engine is upgraded without a break of the connection to its API server. */
const KEPT_MILLISECONDS = 3_600_000;
/** Who did not answer may do so soon, and a right that is missing may be given. */
const UNKNOWN_KEPT_MILLISECONDS = 60_000;

/**
 * The versions of a cluster and of an engine on it: asked for once after every break of the connection, and again after an
 * hour, or a minute while one is not known. Not worth failing for: what cannot be read is left out.
 *
 * @public
 */
export class ClusterVersions {
  readonly #options: ClusterVersionsOptions;
  #known: (EngineVersion & { kubernetesVersion?: string }) | undefined;
  #knownUntil = 0;

  static create(options: ClusterVersionsOptions): ClusterVersions {
    return new ClusterVersions(options);
  }

  private constructor(options: ClusterVersionsOptions) {
    this.#options = options;
  }

  /** To be called when the connection broke: the cluster may be another one when it is back. */
  forget(): void {
    this.#known = undefined;
  }

  async read(): Promise<EngineVersion & { kubernetesVersion?: string }> {
    const { connection, readEngineVersion, now = Date.now } = this.#options;
    if (!this.#known || now() >= this.#knownUntil) {
      const signal = AbortSignal.any([
        this.#options.signal,
        AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      ]);
      const [kubernetesVersion, engine] = await Promise.all([
        connection.version({ signal }).catch(() => undefined),
        readEngineVersion(signal).catch(() => ({})),
      ]);
      this.#known = { ...engine, kubernetesVersion };
      const isKnown = kubernetesVersion && this.#known.engineVersion;
      this.#knownUntil =
        now() + (isKnown ? KEPT_MILLISECONDS : UNKNOWN_KEPT_MILLISECONDS);
    }
    return this.#known;
  }
}

/**
 * What stands in the way of reading a version from an object that a person would know as `StatefulSet argocd/argocd-application-controller`.
 *
 * @returns nothing where the server did not answer, which passes
 * @public
 */
export function engineVersionProblem(
  error: unknown,
  object: string,
): EngineVersion {
  const status =
    error instanceof KubernetesError ? error.reason.params.status : undefined;
  switch (status) {
    case '403':
      return because('engineVersionForbidden', object);
    case '404':
      return because('engineVersionNotFound', object);
    default:
      return {};
  }
}

/**
 * The version on the label `app.kubernetes.io/version` of an object, as Helm charts and Flux set it.
 *
 * @public
 */
export function labelledVersion(object: { metadata: unknown }) {
  const { labels } = fields(object.metadata);
  return text(fields(labels)['app.kubernetes.io/version']);
}

/**
 * @public
 */
export function engineVersionNotTold(object: string): EngineVersion {
  return because('engineVersionNotTold', object);
}

function because(code: string, object: string): EngineVersion {
  const engineVersionReason: Reason = { code, params: { object } };
  return { engineVersionReason };
}
