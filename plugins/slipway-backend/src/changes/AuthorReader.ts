import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  CacheService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Person } from '../git';

/** Reserved by RFC 2606: mail to it goes nowhere. */
const NO_MAIL_DOMAIN = 'users.noreply.slipway.invalid';

/** Whoever edits one file soon edits another. */
const KEPT = { ttl: { minutes: 1 } };

interface Profile {
  name?: string;
  email?: string;
}

export interface AuthorReaderOptions {
  cache: CacheService;
  catalog: CatalogService;
  logger: LoggerService;
}

/** Finds who a commit's author is. */
export class AuthorReader {
  readonly #options: AuthorReaderOptions;

  private constructor(options: AuthorReaderOptions) {
    this.#options = options;
  }

  static create(options: AuthorReaderOptions): AuthorReader {
    return new AuthorReader(options);
  }

  /** The name and address of the person's own catalog entity, else what their entity ref says. */
  async read(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Person & { entityRef: string }> {
    const entityRef = credentials.principal.userEntityRef;
    const profile = await this.#profile(credentials);
    const { namespace, name } = parseEntityRef(entityRef);
    const local =
      namespace === DEFAULT_NAMESPACE ? name : `${name}.${namespace}`;
    return {
      name: profile.name ?? name,
      email: profile.email ?? `${local}@${NO_MAIL_DOMAIN}`,
      entityRef,
    };
  }

  async #profile(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Profile> {
    const { cache, catalog, logger } = this.#options;
    const entityRef = credentials.principal.userEntityRef;
    const key = `author ${entityRef}`;
    try {
      const kept = await cache.get<{ name?: string; email?: string }>(key);
      if (kept) return kept;
      const entity = await catalog.getEntityByRef(entityRef, { credentials });
      const { displayName, email } = (entity?.spec?.profile ?? {}) as Record<
        string,
        unknown
      >;
      const profile = { name: text(displayName), email: text(email) };
      // Without undefined values, which JSON does not have.
      await cache.set(key, JSON.parse(JSON.stringify(profile)), KEPT);
      return profile;
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
