import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import type {
  ConfigRepoHead,
  ConfigRepoReader,
} from '../../configRepos/ConfigRepoReader';
import { readsConfigRepo } from '../../configRepos/readsConfigRepo';
import type { ConfigRepoConfig } from '../../configRepos/types';
import { CommitNotFound } from '../../git';
import { ByteLru } from '../../git/byteLru';
import { answeringForGit } from '../../files/errors';
import type { SeenEngineObject } from '../../status/types';
import { Slots } from '../cluster/Slots';
import { type PlainManifests, readPlainManifests } from './readPlainManifests';
import type { DeclaredObject } from './types';

export type Desired =
  | { state: 'read'; objects: DeclaredObject[]; commit: string }
  | (PlainManifests & { state: 'notRead' });

/** Of manifests that are kept as they were read. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
/** Sources that are read at the same time, each file of which is held as a whole. */
const PARALLEL = 2;

/** Reads what Git declares for engine objects, at the branch head. */
export class DesiredReader {
  readonly #reader: ConfigRepoReader;
  readonly #configRepos: readonly ConfigRepoConfig[];
  readonly #slots = new Slots(PARALLEL);
  readonly #reading = new Map<string, Promise<PlainManifests>>();
  readonly #kept = new ByteLru<string, PlainManifests>(
    MAX_KEPT_BYTES,
    manifests => (manifests.state === 'read' ? manifests.size : 500),
  );

  static create(options: {
    reader: ConfigRepoReader;
    configRepos: readonly ConfigRepoConfig[];
  }): DesiredReader {
    return new DesiredReader(options.reader, options.configRepos);
  }

  private constructor(
    reader: ConfigRepoReader,
    configRepos: readonly ConfigRepoConfig[],
  ) {
    this.#reader = reader;
    this.#configRepos = configRepos;
  }

  /** @throws as `ConfigRepoReader.head` does */
  async read(configRepo: string, object: SeenEngineObject): Promise<Desired> {
    const sources = object.sources.filter(({ refOnly }) => !refOnly);
    const config = this.#configOf(configRepo);
    const isFollowed = (source: EngineSource) =>
      config !== undefined &&
      readsConfigRepo(config, this.#configRepos)(source) &&
      followsBranch(source, config);
    if (sources.length === 0 || !sources.every(isFollowed)) {
      return {
        state: 'notRead',
        reason: { code: 'gitNotFollowed', params: {} },
      };
    }
    return answeringForGit(configRepo, async (): Promise<Desired> => {
      const head = await this.#reader.head(configRepo);
      const read = await Promise.all(
        sources.map(source => this.#readOnce(configRepo, source, head)),
      );
      const problem = read.find(one => one.state === 'notRead');
      if (problem) return problem;
      return {
        state: 'read',
        // Of what several sources declare, the last one counts.
        objects: read.flatMap(one => (one.state === 'read' ? one.objects : [])),
        commit: head.snapshot.commit,
      };
    });
  }

  /** Why the engine's own comparison may not be one with the branch head; undefined where the files are the same. */
  async comparedEarlier(
    configRepo: string,
    object: SeenEngineObject,
  ): Promise<Reason | undefined> {
    const config = this.#configOf(configRepo);
    const isThisRepo = config && readsConfigRepo(config, this.#configRepos);
    const sources = object.sources.filter(
      source =>
        isThisRepo?.(source) &&
        followsBranch(source, config!) &&
        source.path !== undefined,
    );
    const { git, snapshot } = await this.#reader.head(configRepo);
    for (const { path = '', comparedRevision } of sources) {
      if (!comparedRevision || comparedRevision === snapshot.commit) continue;
      const now = path ? snapshot.entry(path)?.oid : snapshot.rootTree;
      const then = await git
        .objectAt(comparedRevision, path)
        .catch(error => ignoreUnknown(error));
      if (then !== now) {
        return {
          code: 'engineComparedEarlier',
          params: { revision: comparedRevision.slice(0, 10) },
        };
      }
    }
    return undefined;
  }

  /** Manifests are read once for all engine objects that read the same files, and again when one of these differs. */
  async #readOnce(
    configRepo: string,
    source: EngineSource,
    head: ConfigRepoHead,
  ): Promise<PlainManifests> {
    const { snapshot } = head;
    const { path, recurse, include, exclude, rendered, chart } = source;
    const key = JSON.stringify([
      ...[configRepo, path ? snapshot.entry(path)?.oid : snapshot.rootTree],
      ...[path, recurse, include, exclude, rendered, chart],
      snapshot.entry('.sourceignore') !== undefined,
    ]);
    const known = this.#kept.get(key) ?? this.#reading.get(key);
    if (known) return known;
    const reading = this.#slots
      .run(() => readPlainManifests(source, head))
      .then(manifests => {
        this.#kept.set(key, manifests);
        return manifests;
      })
      .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  #configOf(configRepo: string): ConfigRepoConfig | undefined {
    return this.#configRepos.find(({ name }) => name === configRepo);
  }
}

function followsBranch(
  { targetRevision }: EngineSource,
  { branch }: ConfigRepoConfig,
): boolean {
  return (
    targetRevision === undefined ||
    ['HEAD', branch, `refs/heads/${branch}`].includes(targetRevision)
  );
}

function ignoreUnknown(error: unknown): undefined {
  if (error instanceof CommitNotFound) return undefined;
  throw error;
}
