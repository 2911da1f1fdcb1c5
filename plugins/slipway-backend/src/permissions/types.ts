/**
 * What rules look at: enough of an environment to judge who may do what with it.
 *
 * @public
 */
export interface EnvironmentResource {
  configRepo: string;
  name: string;
  stage?: string;
  /** Owner of the environment, else of its config repo, as an entity ref. */
  owner?: string;
  clusters: string[];
}

/**
 * A rule with its parameters, as the database can select by it.
 *
 * @public
 */
export type EnvironmentFilter =
  | { type: 'configRepo'; names: string[] }
  | { type: 'stage'; stages: string[] }
  | { type: 'cluster'; names: string[] }
  | { type: 'owner'; claims: string[] };

/** Loads what rules look at. */
export interface EnvironmentResourceReader {
  /** In the order of the ids; `undefined` for what is not there. */
  getResources(
    ids: Array<{ configRepo: string; environment: string } | undefined>,
  ): Promise<Array<EnvironmentResource | undefined>>;
}
