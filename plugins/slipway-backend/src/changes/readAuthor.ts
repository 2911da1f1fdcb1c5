import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Person } from '../git';

/** Reserved by RFC 2606: mail to it goes nowhere. */
const NO_MAIL_DOMAIN = 'users.noreply.slipway.invalid';

/**
 * Who a commit's author is: the name and address of the person's catalog entity, else what their entity ref says.
 */
export async function readAuthor(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  logger: LoggerService;
}): Promise<Person & { entityRef: string }> {
  const { catalog, credentials, logger } = options;
  const entityRef = credentials.principal.userEntityRef;
  const profile = await readProfile();
  const { namespace, name } = parseEntityRef(entityRef);
  const local = namespace === DEFAULT_NAMESPACE ? name : `${name}.${namespace}`;
  return {
    name: text(profile.displayName) ?? name,
    email: text(profile.email) ?? `${local}@${NO_MAIL_DOMAIN}`,
    entityRef,
  };

  async function readProfile(): Promise<Record<string, unknown>> {
    try {
      const entity = await catalog.getEntityByRef(entityRef, { credentials });
      return (entity?.spec?.profile ?? {}) as Record<string, unknown>;
    } catch (error) {
      // A catalog that does not answer is in nobody's way: the ref says who it is.
      logger.warn(
        `The catalog could not tell who '${entityRef}' is`,
        error as Error,
      );
      return {};
    }
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim().slice(0, 500)
    : undefined;
}
