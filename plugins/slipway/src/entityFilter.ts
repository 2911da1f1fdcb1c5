import { SLIPWAY_CONFIG_REPO_ANNOTATION } from '@slipway/backstage-plugin-slipway-common';

type Expression = { [path: string]: string | { $exists: boolean } } & {
  [operator: `$${string}`]: never;
};

const anyOf: Expression[] = [
  { kind: 'system' },
  { kind: 'domain' },
  {
    [`metadata.annotations.${SLIPWAY_CONFIG_REPO_ANNOTATION}`]: {
      $exists: true,
    },
  },
];

/** Entities with the annotation, and those that stand for parts which may have it. */
export const mayHaveEnvironments = { $any: anyOf };
