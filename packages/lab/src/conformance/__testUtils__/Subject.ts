import type { JsonObject } from '@backstage/types';
import type { KubernetesObject } from '../../kubernetes';

/** The Git repository that all subjects deliver from. */
export const REPOSITORY = 'conformance';

/** A sync engine that is held against the same cases as the others, and what a case has it do. */
export interface Subject {
  /** Of its environment, its cluster and its folder in the repository. */
  readonly name: string;
  /** What the objects of its environment are delivered to. */
  readonly namespace: string;
  /** An entry of `slipway.clusters`, reached through the link that can be cut. */
  readonly cluster: JsonObject;
  /** Whether it tells of drift before it is asked to mend it. */
  readonly tellsDrift: boolean;
  /** Has it deliver a folder of the repository, and remove what goes from it. */
  deliver(module: string): Promise<void>;
  /** Has it forget the folder, and remove what it delivered. */
  forget(module: string): Promise<void>;
  /** Has it look at Git now. */
  look(module: string): Promise<void>;
  /** Whether it says itself, past the link, that it has delivered a commit and has nothing left to do. */
  hasDelivered(module: string, revision: string): Promise<boolean>;
  /** A live object, undefined where there is none. */
  live<T = KubernetesObject>(path: string): Promise<T | undefined>;
  /** Changes a live object behind Git's back. */
  change(path: string, mergePatch: JsonObject): Promise<void>;
  /** Parts the portal from the cluster; engine and cluster go on. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Has the API server forget its watches and the resource versions that it told. */
  restart(): Promise<void>;
}
