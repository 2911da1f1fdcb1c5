import { GitSnapshot } from '../../git';
import { KubernetesObject } from '../types';

/** A folder of a commit that is to be rendered. */
export interface RenderInput {
  files: GitSnapshot;
  /** Path from the root of the repository, without slashes at the ends. */
  path: string;
}

/** What a source turned into. */
export interface RenderedSource {
  /** As in `status.sourceType`; empty for a source that is only referred to. */
  sourceType: '' | 'Directory' | 'Kustomize';
  objects: KubernetesObject[];
}

/** Why manifests could not be made; its message goes into the `ComparisonError`. */
export class RenderError extends Error {
  constructor(
    message: string,
    /** Of gRPC, by which the repo server answers. */
    readonly code: 'Unknown' | 'FailedPrecondition' = 'Unknown',
  ) {
    super(message);
  }
}
