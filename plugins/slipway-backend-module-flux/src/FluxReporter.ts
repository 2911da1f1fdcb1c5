import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  ClusterVersions,
  type KubernetesConnection,
  type SyncEngineConnection,
  type SyncEngineWatchOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { ENGINE_KINDS, FLUX_KINDS, type FluxKind, isOfOneKind } from './kinds';
import { readFluxVersion } from './readFluxVersion';

export interface FluxReporterOptions extends SyncEngineWatchOptions {
  connection: KubernetesConnection;
}

/** Tells the sink how the connection is, as one word for the watches of all kinds, and the log when that changes. */
export class FluxReporter {
  readonly #options: FluxReporterOptions;
  readonly #kinds = new Map<FluxKind, 'alive' | Reason>();
  readonly #versions: ClusterVersions;
  #logged: string | undefined;
  #isConnected = false;

  static create(options: FluxReporterOptions): FluxReporter {
    return new FluxReporter(options);
  }

  private constructor(options: FluxReporterOptions) {
    this.#options = options;
    const { connection } = options;
    this.#versions = ClusterVersions.create({
      ...options,
      readEngineVersion: signal => readFluxVersion(connection, signal),
    });
  }

  async connecting(): Promise<void> {
    await this.#options.sink.connection({ state: 'Connecting' });
  }

  async alive(kind: FluxKind): Promise<void> {
    this.#kinds.set(kind, 'alive');
    await this.#report();
  }

  async problem(kind: FluxKind, reason: Reason): Promise<void> {
    this.#kinds.set(kind, reason);
    await this.#report();
  }

  async #report(): Promise<void> {
    const { cluster, logger, sink } = this.#options;
    const state = connectionOf(this.#kinds);
    if (!state) return;
    if (state.state === 'Connected') {
      Object.assign(state, await this.#versions.read());
    } else {
      this.#versions.forget();
    }
    this.#isConnected = state.state === 'Connected';
    const reason = 'reason' in state ? state.reason : undefined;
    const words = [state.state, reason?.code, reason?.params.kinds].join(' ');
    if (words !== this.#logged) {
      this.#logged = words;
      if (reason) {
        logger.warn(
          `Flux on the cluster ${cluster.name} cannot be read${
            this.#isConnected ? ' in full' : ''
          }: ${reason.code}`,
          reason.params,
        );
      } else {
        logger.info(`Watching Flux on the cluster ${cluster.name}`);
      }
    }
    await sink.connection(state);
  }
}

/** @returns undefined while not every kind was heard of */
function connectionOf(
  kinds: ReadonlyMap<FluxKind, 'alive' | Reason>,
): SyncEngineConnection | undefined {
  const problems = FLUX_KINDS.flatMap(kind => {
    const state = kinds.get(kind);
    return state && state !== 'alive' ? [{ kind, reason: state }] : [];
  });
  const ofAll = problems.find(({ reason }) => !isOfOneKind(reason));
  if (ofAll) return { state: 'Unreachable', reason: ofAll.reason };
  if (kinds.size < FLUX_KINDS.length) return undefined;
  const absent = problems.filter(
    ({ reason }) => reason.code === 'kindNotServed',
  );
  const unread = problems.filter(problem => !absent.includes(problem));
  if (ENGINE_KINDS.every(kind => kinds.get(kind) !== 'alive')) {
    const isEngine = ({ kind }: { kind: FluxKind }) =>
      ENGINE_KINDS.some(one => one === kind);
    const { reason } = [...unread, ...absent].find(isEngine)!;
    return { state: 'Unreachable', reason };
  }
  const names = (some: typeof problems) =>
    some.map(({ kind }) => kind).join(', ');
  if (unread.length > 0) {
    const { detail = unread[0].reason.code } = unread[0].reason.params;
    const params = { kinds: names(unread), detail };
    return { state: 'Connected', reason: { code: 'kindsUnreadable', params } };
  }
  if (absent.length > 0) {
    const params = { kinds: names(absent) };
    return { state: 'Connected', reason: { code: 'kindsNotServed', params } };
  }
  return { state: 'Connected' };
}
