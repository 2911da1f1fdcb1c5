import { CustomErrorBase } from '@backstage/errors';

/** This process no longer may write under the lease: another one holds it. */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;
}
