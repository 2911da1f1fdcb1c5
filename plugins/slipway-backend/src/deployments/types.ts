import type {
  Deployment,
  EngineObjectRef,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineDelivery } from '@slipway/backstage-plugin-slipway-node';
import type { SeenEngineObject } from '../status/types';

/** How an operation is, or ended; `Unknown` when nobody saw its end. */
export type DeploymentPhase = Deployment['phase'];

/** An operation of an engine object, as its engine tells of it. Times are ISO 8601 in UTC. */
export interface DeployOperation {
  /** What it is known by: an engine runs one operation of an object at a time. */
  startedAt: string;
  finishedAt?: string;
  phase: DeploymentPhase;
  message?: string;
  initiatedBy?: string;
  /** Absent while the engine does not say. */
  sources?: EngineDelivery[];
  /** It is the last one that the engine object had. */
  newest: boolean;
}

export interface ModuleName {
  environment: string;
  module: string;
}

/** What an operation brings to one module on one target. */
export interface NewDeployment extends ModuleName {
  cluster: string;
  namespace: string;
  engineObjectId: string;
  engineObject: EngineObjectRef;
  startedAt: string;
  finishedAt?: string;
  phase: DeploymentPhase;
  message?: string;
  initiatedBy?: string;
  revision?: string;
  /** The last commit up to the revision that changed the module. */
  moduleCommit?: string;
  images?: string[];
}

/** A deployment as it is recorded. */
export interface StoredDeployment extends NewDeployment {
  id: number;
}

/** A module that an engine object carries. */
export interface CarriedModule extends ModuleName {
  /** Directory or file in the config repo. */
  path: string;
  /** Where the engine object delivers it to. */
  target: { cluster: string; namespace: string };
}

/** An engine object with the modules of one config repo that it carries. */
export interface CarryingEngineObject {
  id: string;
  object: SeenEngineObject;
  /** It is gone from its cluster. */
  removed: boolean;
  modules: CarriedModule[];
}
