import type { Knex } from 'knex';
import type { Place } from '../configRepos/placeOf';
import { chunks } from '../database/chunks';
import { environmentId } from '../status/rows';
import type { NewChange } from './types';

type ChangeParts = Pick<NewChange, 'configRepo' | 'operations' | 'plan'>;

/** Records the files, modules and targets of a change; the caller owns the transaction. */
export async function insertChangeParts(
  tx: Knex.Transaction,
  id: number,
  change: ChangeParts,
  at: string,
): Promise<void> {
  for (const rows of chunks(fileRows(id, change))) {
    await tx('change_files').insert(rows);
  }
  for (const rows of chunks(moduleRows(id, change))) {
    await tx('change_modules').insert(rows);
  }
  const targets = change.plan.touches.flatMap(touched =>
    touched.targets.map(({ cluster, namespace }) => ({
      change_id: id,
      environment: touched.environment,
      module: touched.module,
      shared: touched.shared,
      cluster,
      namespace,
      since: at,
    })),
  );
  for (const rows of chunks(targets)) await tx('change_targets').insert(rows);
}

/** Records what a copy of an environment comes to; the caller owns the transaction. */
export async function insertCopy(
  tx: Knex.Transaction,
  id: number,
  { source, target, files, rules }: NonNullable<NewChange['copy']>,
): Promise<void> {
  await tx('change_copies').insert({
    change_id: id,
    source: source.name,
    target: target.name,
    rules: JSON.stringify(rules.map(({ rule }) => rule)),
    result: JSON.stringify({ source, target, files }),
  });
}

/** What a search for a change looks through. */
export function searchTextOf(
  change: Pick<NewChange, 'message' | 'changeReason' | 'author'>,
): string {
  const { message, changeReason, author } = change;
  return [message, changeReason, author.name, author.entityRef]
    .join('\n')
    .replaceAll('\0', '')
    .toLowerCase();
}

function fileRows(id: number, { operations, plan }: ChangeParts) {
  const places = new Map(plan.places.map(({ path, place }) => [path, place]));
  return operations.map((operation, position) => {
    const { content, edited, ...rest } = operation;
    const { diff, ...planned } = plan.files[position];
    const { path, oldPath } = planned;
    const paths = oldPath === undefined ? [path] : [oldPath, path];
    return {
      change_id: id,
      position,
      operation: JSON.stringify(rest),
      content,
      planned: JSON.stringify(planned),
      places: JSON.stringify(
        paths.map((one): Place => places.get(one) ?? { type: 'other' }),
      ),
    };
  });
}

function moduleRows(id: number, { configRepo, plan }: ChangeParts) {
  const row = (
    environment: string,
    module: string | null,
    shared: boolean,
  ) => ({
    change_id: id,
    environment_id: environmentId(configRepo, environment),
    environment,
    module,
    shared,
  });
  const described = new Set(
    plan.places.flatMap(({ place }) =>
      place.type === 'metadata' ? place.environment ?? [] : [],
    ),
  );
  return [
    ...plan.touches.map(one => row(one.environment, one.module, one.shared)),
    ...[...described].map(environment => row(environment, null, false)),
  ];
}
