import type { Knex } from 'knex';

/** Words of a search, in lower case. */
export function searchWords(search: string | undefined): string[] {
  // No stored text holds a NUL, and PostgreSQL takes none.
  return (search ?? '')
    .toLowerCase()
    .split(/[\s\0]+/)
    .filter(Boolean);
}

/** A pattern for `like … escape '!'`. */
export function containing(word: string): string {
  return `%${word.replace(/[!%_]/g, '!$&')}%`;
}

/** Narrows a query to rows whose column, in lower case, holds each word of a search. */
export function whereContains(
  query: Knex.QueryBuilder,
  column: string,
  search: string | undefined,
): void {
  for (const word of searchWords(search)) {
    query.whereRaw(`${column} like ? escape '!'`, [containing(word)]);
  }
}
