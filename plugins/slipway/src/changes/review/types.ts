import type {
  ChangeRequest,
  FileOperation,
  Rollback,
} from '@slipway/backstage-plugin-slipway-common';

/** What is reviewed: edits, or what a rollback restores. */
export interface ReviewRequest {
  kind: ChangeRequest['kind'];
  /** An edit: what to do. A rollback: files that are settled already. */
  operations?: readonly FileOperation[];
  rollback?: Rollback;
}
