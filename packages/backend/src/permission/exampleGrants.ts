import type { Grant } from './types';

const teams = [
  'group:default/shop',
  'group:default/data',
  'group:default/devops',
];
const approvers = (role: string) => [
  `group:default/shop-${role}`,
  `group:default/devops-${role}`,
  `group:default/platform-${role}`,
];

/** The rights of the example people in `examples/org.yaml`. */
export const exampleGrants: Grant[] = [
  { to: ['group:default/platform'], permissions: ['*'] },
  {
    to: 'everyone',
    permissions: [
      'slipway.view',
      'slipway.environment.read',
      'catalog.entity.read',
      'catalog.entity.refresh',
    ],
  },
  {
    to: [
      ...teams,
      ...approvers('dev'),
      ...approvers('qa'),
      ...approvers('release'),
    ],
    permissions: ['slipway.file.read'],
  },
  {
    to: teams,
    permissions: [
      'slipway.environment.sync',
      'slipway.change.create',
      'slipway.change.execute',
    ],
  },
  {
    to: [...approvers('dev'), ...approvers('qa'), ...approvers('release')],
    permissions: ['slipway.change.approve'],
  },
  { to: approvers('release'), permissions: ['slipway.change.execute'] },
  // Copying to a new environment declares it.
  { to: ['user:default/owner'], permissions: ['slipway.config-repo.admin'] },
];
