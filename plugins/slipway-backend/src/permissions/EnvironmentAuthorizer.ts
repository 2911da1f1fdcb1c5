import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  slipwayConfigRepoAdminPermission,
  stringifyEnvironmentRef,
} from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentAccess } from './environmentQuery';
import { slipwayEnvironmentResourceRef } from './rules';
import type { EnvironmentFilter } from './types';

/** Asks the policy, always with the caller's credentials. */
export class EnvironmentAuthorizer {
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<EnvironmentFilter>;

  private constructor(
    permissions: PermissionsService,
    transform: ConditionTransformer<EnvironmentFilter>,
  ) {
    this.#permissions = permissions;
    this.#transform = transform;
  }

  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }): EnvironmentAuthorizer {
    return new EnvironmentAuthorizer(
      options.permissions,
      createConditionTransformer(
        options.permissionsRegistry.getPermissionRuleset(
          slipwayEnvironmentResourceRef,
        ),
      ),
    );
  }

  /** Which environments a list may hold. */
  async access(
    permission: ResourcePermission<'slipway-environment'>,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentAccess> {
    const [access] = await this.accessEach([permission], credentials);
    return access;
  }

  /** The same of several permissions, asked in one request. */
  async accessEach(
    permissions: ReadonlyArray<ResourcePermission<'slipway-environment'>>,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentAccess[]> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => this.#toAccess(decision));
  }

  /**
   * @throws NotFoundError when the caller may not read the environment: that it exists is a secret then.
   */
  async assertReadable(
    permission: ResourcePermission<'slipway-environment'>,
    environment: { configRepo: string; environment: string },
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [allowed] = await this.#decide(
      permission,
      [environment],
      credentials,
    );
    if (!allowed) throw environmentNotFound(environment);
  }

  /**
   * For what may be done to environments that the caller may read.
   *
   * @throws NotAllowedError when it is denied on any of them.
   */
  async assertAllowed(
    permission: ResourcePermission<'slipway-environment'>,
    environments: Array<{ configRepo: string; environment: string }>,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const allowed = await this.#decide(permission, environments, credentials);
    if (!allowed.every(Boolean)) {
      throw new NotAllowedError(
        `You need the permission '${permission.name}' on ${
          environments.length > 1
            ? 'every environment that this touches'
            : `environment '${environments[0].environment}'`
        }`,
      );
    }
  }

  /** Whether the caller may change what belongs to a config repo as a whole. */
  async mayAdminister(
    configRepo: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize(
      [
        {
          permission: slipwayConfigRepoAdminPermission,
          resourceRef: configRepo,
        },
      ],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  #toAccess(decision: PolicyDecision): EnvironmentAccess {
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return { type: 'all' };
      case AuthorizeResult.CONDITIONAL:
        return {
          type: 'some',
          criteria: this.#transform(decision.conditions),
        };
      default:
        return { type: 'none' };
    }
  }

  async #decide(
    permission: ResourcePermission<'slipway-environment'>,
    environments: Array<{ configRepo: string; environment: string }>,
    credentials: BackstageCredentials,
  ): Promise<boolean[]> {
    const decisions = await this.#permissions.authorize(
      environments.map(environment => ({
        permission,
        resourceRef: stringifyEnvironmentRef(environment),
      })),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }
}

/** The same answer for what is not there and for what the caller may not see. */
export function environmentNotFound(environment: {
  configRepo: string;
  environment: string;
}): NotFoundError {
  return new NotFoundError(
    `There is no environment '${environment.environment}' in config repo '${environment.configRepo}', or you may not read it`,
  );
}
