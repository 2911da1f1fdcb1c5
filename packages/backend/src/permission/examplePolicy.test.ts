import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type ConditionalPolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { exampleGrants } from './exampleGrants';
import { ExamplePolicy } from './examplePolicy';

const everyone = [
  'slipway.view',
  'slipway.environment.read',
  'catalog.entity.read',
];
const permissions = [
  ...everyone,
  'slipway.environment.sync',
  'slipway.file.read',
  'slipway.change.create',
  'slipway.change.approve',
  'slipway.change.execute',
  'slipway.change.override',
  'slipway.config-repo.admin',
  'catalog.entity.delete',
];
const team = [
  ...everyone,
  'slipway.environment.sync',
  'slipway.file.read',
  'slipway.change.create',
  'slipway.change.execute',
];
const approver = [...everyone, 'slipway.file.read', 'slipway.change.approve'];

function userIn(...groups: string[]): PolicyQueryUser {
  const userEntityRef = 'user:default/somebody';
  const ownershipEntityRefs = [
    userEntityRef,
    ...groups.map(group => `group:default/${group}`),
  ];
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs },
  };
}

async function allowed(policy: ExamplePolicy, user?: PolicyQueryUser) {
  const names: string[] = [];
  for (const name of permissions) {
    const permission = createPermission({ name, attributes: {} });
    const { result } = await policy.handle({ permission }, user);
    if (result === AuthorizeResult.ALLOW) {
      names.push(name);
    }
  }
  return names.sort();
}

describe('ExamplePolicy', () => {
  const policy = ExamplePolicy.create(exampleGrants);

  it.each([
    ['operator and administrator', ['platform'], permissions],
    ['engineer', ['shop'], team],
    ['owner', ['shop', 'data', 'devops'], team],
    ['dev approver', ['shop-dev', 'devops-dev', 'platform-dev'], approver],
    ['qa approver', ['shop-qa', 'platform-qa'], approver],
    [
      'release approver',
      ['shop-release'],
      [...approver, 'slipway.change.execute'],
    ],
    ['somebody without a group', [], everyone],
    ['a member of a group with a similar name', ['platform-guests'], everyone],
  ])('%s', async (_who, groups, wanted) => {
    expect(await allowed(policy, userIn(...groups))).toEqual(
      [...wanted].sort(),
    );
  });

  it('allows nothing to nobody', async () => {
    expect(await allowed(policy, undefined)).toEqual([]);
  });

  it('leaves the decision to the grant where the grant has one', async () => {
    const decide = jest.fn(
      (): ConditionalPolicyDecision => ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'slipway',
        resourceType: 'slipway-environment',
        conditions: {
          rule: 'hasStage',
          resourceType: 'slipway-environment',
          params: { stages: ['dev'] },
        },
      }),
    );
    const conditional = ExamplePolicy.create([
      { to: ['group:default/shop'], permissions: ['slipway.*'], decide },
    ]);
    const permission = createPermission({
      name: 'slipway.environment.sync',
      attributes: {},
    });
    const user = userIn('shop');

    await expect(conditional.handle({ permission }, user)).resolves.toEqual(
      expect.objectContaining({ result: 'CONDITIONAL', pluginId: 'slipway' }),
    );
    expect(decide).toHaveBeenCalledWith({ permission }, user);
    await expect(
      conditional.handle({ permission }, userIn('data')),
    ).resolves.toEqual({ result: 'DENY' });
  });
});
