import { fromRoot } from './paths.mjs';

/**
 * What makes Node run TypeScript sources: the loader of `backstage-cli package
 * start`, without its watching.
 */
export const typescriptArgs = [
  '--enable-source-maps',
  '--require',
  fromRoot(
    'node_modules',
    '@backstage',
    'cli-node',
    'config',
    'nodeTransform.cjs',
  ),
];
