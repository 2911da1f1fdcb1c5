import type {
  FileOperation,
  Rollback,
} from '@slipway/backstage-plugin-slipway-common';

/** What is reviewed: edits, or what a rollback restores. A copy has a page of its own. */
export interface ReviewRequest {
  kind: 'edit' | 'rollback';
  /** An edit: what to do. A rollback: files that are settled already. */
  operations?: readonly FileOperation[];
  rollback?: Rollback;
}
