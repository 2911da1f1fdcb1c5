import type { SlipwayScope } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { whereContains } from '../../database/search';
import { whereAccessible } from '../../permissions';
import type { ChangeFilters, ChangeReaders, ListChangesOptions } from './types';

/**
 * Narrows a query over `changes` to what is shown to someone: what they asked for, what touches an environment that they may read,
 * and, of what touches none, that of config repos in which they may read any.
 */
export function whereChangeShown(
  query: Knex.QueryBuilder,
  { access, author }: ChangeReaders,
): void {
  if (access.type === 'all') return;
  query.where(any => {
    any
      .whereExists(touched =>
        fromReadableModules(touched, access).whereRaw(
          'change_modules.change_id = changes.id',
        ),
      )
      .orWhere(untouching =>
        untouching
          .whereNotExists(modules =>
            modules
              .select('change_modules.change_id')
              .from('change_modules')
              .whereRaw('change_modules.change_id = changes.id'),
          )
          .whereExists(environments => {
            environments
              .select('environments.id')
              .from('environments')
              .whereRaw('environments.config_repo = changes.config_repo');
            whereAccessible(environments, access);
          }),
      );
    if (author !== undefined) any.orWhere('changes.author_ref', author);
  });
}

/** Narrows a query over `changes` to a scope and to what a person asked for. */
export function whereChangeListed(
  query: Knex.QueryBuilder,
  {
    scope,
    author,
    filters,
  }: Pick<ListChangesOptions, 'scope' | 'author' | 'filters'>,
): void {
  const { access, scopes } = scope;
  const lists: Array<[string, string[] | undefined]> = [
    ['changes.config_repo', scope.configRepos],
    ['changes.state', filters.states],
    ['changes.kind', filters.kinds],
  ];
  for (const [column, values] of lists) {
    if (values?.length) query.whereIn(column, values);
  }
  whereContains(query, 'changes.search_text', filters.search);
  const readers = { access, author };
  if (!scopes) {
    whereTouching(query, [filters], readers);
    return;
  }
  query.where(any => {
    any.whereRaw('1 = 0');
    for (const one of scopes) {
      any.orWhere(inner => {
        inner.where('changes.config_repo', one.configRepo);
        whereTouching(inner, [one, filters], readers);
      });
    }
  });
}

/** To changes of one module, or one environment, that all of these name and that is shown. */
function whereTouching(
  query: Knex.QueryBuilder,
  selections: ReadonlyArray<
    Pick<SlipwayScope & ChangeFilters, 'environments' | 'modules'>
  >,
  { access, author }: ChangeReaders,
): void {
  if (selections.every(one => !one.environments && !one.modules)) return;
  const select = (modules: Knex.QueryBuilder) => {
    for (const { environments, modules: names } of selections) {
      if (environments) {
        modules.whereIn('change_modules.environment', environments);
      }
      if (names) modules.whereIn('change_modules.module', names);
    }
  };
  if (access.type === 'all') {
    query.whereIn('changes.id', modules => {
      select(modules.select('change_modules.change_id').from('change_modules'));
    });
    return;
  }
  query.where(any => {
    any.whereIn('changes.id', modules => {
      select(fromReadableModules(modules, access));
    });
    if (author === undefined) return;
    any.orWhere(own =>
      own.where('changes.author_ref', author).whereIn('changes.id', modules => {
        select(
          modules.select('change_modules.change_id').from('change_modules'),
        );
      }),
    );
  });
}

function fromReadableModules(
  query: Knex.QueryBuilder,
  access: ChangeReaders['access'],
): Knex.QueryBuilder {
  query
    .select('change_modules.change_id')
    .from('change_modules')
    .join('environments', 'environments.id', 'change_modules.environment_id');
  whereAccessible(query, access);
  return query;
}
