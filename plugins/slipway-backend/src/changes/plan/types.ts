import type {
  FileConflict,
  Finding,
  PlannedFile,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import type { Place } from '../../configRepos/placeOf';
import type { FileMode, NewObject, TreeEdit, TreeEntry } from '../../git';
import type { EnvironmentModel } from '../../status/types';

/** One operation on one file, its content as the very bytes that Git shall hold. */
export interface ContentOperation {
  type: 'write' | 'delete' | 'rename';
  path: string;
  /** Rename: where it was. */
  from?: string;
  /** Write, and rename with an edit. */
  content?: Buffer;
  /** Write: what Git holds already, in place of a content. */
  object?: { oid: string; mode: FileMode };
  /** Write: the blob that it is a copy of, from another path. */
  origin?: string;
  /** What the person typed, masked tokens in it, where that is text. */
  edited?: string;
  /** Blob id that the editor began with; absent for a new file. */
  base?: string;
  executable?: boolean;
}

/** A file as it is and as it would be, whether or not the change can go as a whole. */
export interface PlannedSides {
  before?: { path: string; entry: TreeEntry };
  after?: {
    path: string;
    entry: { oid: string; mode: FileMode };
    /** Where Git does not hold it yet. */
    content?: Buffer;
  };
  /** Blob id of what it is a copy of. */
  origin?: string;
}

/** What operations come to on one tree. */
export interface PlannedEdits {
  /** In the order of the operations. */
  files: PlannedFile[];
  /** Of each file; nothing for one that is refused, in conflict or unchanged. */
  sides: PlannedSides[];
  conflicts: FileConflict[];
  /** Empty when a file is refused or in conflict: a change goes as a whole. */
  edits: TreeEdit[];
  /** Blobs that the edits need and that may be new. */
  objects: NewObject[];
}

/** An environment as a change declares it. */
export type DeclaredEnvironment = Pick<
  EnvironmentModel,
  'name' | 'stage' | 'targets' | 'owner'
>;

/** A plan with what only the service needs. */
export interface PlannedChange extends PlannedEdits {
  /** Commit that it was planned on. */
  base: string;
  digest: string;
  findings: Finding[];
  touches: TouchedModule[];
  /** An environment that the change itself declares. */
  declared?: DeclaredEnvironment;
  /** Of every path that changes, old and new. */
  places: Array<{ path: string; place: Place }>;
}
