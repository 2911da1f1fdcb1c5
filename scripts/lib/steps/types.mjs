import { check } from '../check.mjs';

/** The type check of everything. */
export function types({ node }) {
  return check(node, 'tsc', ['--pretty', 'false']);
}
