import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_HAS_PART,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  parseSlipwayAnnotations,
  type Finding,
  type SlipwayScope,
} from '@slipway/backstage-plugin-slipway-common';

/** A Domain has Systems, a System has Components, a Component may have parts. */
const MAX_DEPTH = 4;
const MAX_PARTS = 1000;

/** What a catalog entity stands for: any of the scopes. */
export interface EntityScope {
  scopes: SlipwayScope[];
  findings: Finding[];
}

/** Reads what an entity's annotations choose, with the caller's catalog rights. */
export class EntityScopeReader {
  readonly #catalog: CatalogService;

  private constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  static create(catalog: CatalogService): EntityScopeReader {
    return new EntityScopeReader(catalog);
  }

  /**
   * An entity's own annotation goes before those of its parts.
   *
   * @throws InputError when the ref cannot be read; NotFoundError when the caller may not see the entity.
   */
  async read(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<EntityScope> {
    const entity = await this.#catalog.getEntityByRef(parseRef(entityRef), {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(
        `There is no entity '${entityRef}' in the catalog, or you may not read it`,
      );
    }
    const scope: EntityScope = { scopes: [], findings: [] };
    const seen = new Set([stringifyEntityRef(entity)]);
    let level = [entity];
    for (let depth = 0; depth < MAX_DEPTH && level.length; depth++) {
      const parts = level.flatMap(one => takeAnnotations(one, scope));
      const next = [...new Set(parts)].filter(ref => !seen.has(ref));
      for (const ref of next) seen.add(ref);
      if (seen.size > MAX_PARTS) break;
      level = await this.#readAll(next, credentials);
    }
    return scope;
  }

  async #readAll(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    if (!entityRefs.length) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs,
        fields: ['kind', 'metadata', 'relations'],
      },
      { credentials },
    );
    return items.filter(item => item !== undefined);
  }
}

/** @returns refs of the parts to look at, when the entity itself chooses nothing. */
function takeAnnotations(entity: Entity, scope: EntityScope): string[] {
  const own = parseSlipwayAnnotations(entity);
  scope.findings.push(...own.findings);
  if (own.scope) {
    scope.scopes.push(own.scope);
    return [];
  }
  return (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_HAS_PART)
    .map(relation => relation.targetRef);
}

function parseRef(entityRef: string) {
  try {
    return parseEntityRef(entityRef);
  } catch (error) {
    throw new InputError(
      `entityRef '${entityRef}' is not an entity ref such as component:default/checkout`,
      error,
    );
  }
}
