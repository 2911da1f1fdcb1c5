import type { Fields } from '@slipway/backstage-plugin-slipway-node';
import type { LiveRef } from '../cluster/LiveReader';

/** An object that Git declares. */
export interface DeclaredObject {
  ref: LiveRef;
  object: Fields;
  /** It is in Git as SOPS encrypted it. */
  encrypted: boolean;
}
