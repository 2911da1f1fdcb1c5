import type {
  KindSchema,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';

/** The schema of a kind, `undefined` when there is none to be had. Never fails. */
export type FetchSchema = (
  apiVersion: string,
  kind: string,
) => Promise<KindSchema | undefined>;

/** Milliseconds after which a schema that could not be had is asked for again. */
const PATIENCE = 60_000;
/** Kinds that are remembered. */
const KEPT = 200;

const remembered = new WeakMap<SlipwayApi, Map<string, FetchSchema>>();

/** Schemas as a cluster serves them, each asked for once for as long as the page is open. */
export function clusterSchemas(api: SlipwayApi, cluster: string): FetchSchema {
  const clusters = remembered.get(api) ?? new Map<string, FetchSchema>();
  remembered.set(api, clusters);
  const known = clusters.get(cluster);
  if (known) return known;
  const fetchSchema = rememberSchemas((apiVersion, kind) =>
    api.getClusterSchema(cluster, { apiVersion, kind }),
  );
  clusters.set(cluster, fetchSchema);
  return fetchSchema;
}

/** @param now - milliseconds since some moment */
export function rememberSchemas(
  fetch: (apiVersion: string, kind: string) => Promise<KindSchema>,
  now: () => number = () => performance.now(),
): FetchSchema {
  const schemas = new Map<
    string,
    { schema: Promise<KindSchema | undefined>; until: number }
  >();
  return (apiVersion, kind) => {
    const key = `${apiVersion} ${kind}`;
    const known = schemas.get(key);
    if (known && now() < known.until) return known.schema;
    const entry = {
      until: Infinity,
      schema: fetch(apiVersion, kind).catch(() => {
        entry.until = now() + PATIENCE;
        return undefined;
      }),
    };
    if (schemas.size >= KEPT) schemas.clear();
    schemas.set(key, entry);
    return entry.schema;
  };
}
