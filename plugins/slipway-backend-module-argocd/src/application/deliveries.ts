import {
  type EngineDelivery,
  fields,
  type Fields,
  isFields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { declaredSources, pathOf } from './sources';

/**
 * What an operation delivered of each source, from where Argo CD records it: `operationState.syncResult` or an entry of the history.
 * Sources stand there as they were then; what they were is taken from the Application only where they are not recorded.
 *
 * @returns undefined while nothing is recorded
 */
export function readDeliveries(
  application: Fields,
  recorded: Fields,
): EngineDelivery[] | undefined {
  const revisions = revisionsOf(recorded);
  if (revisions.length === 0) return undefined;
  const { sourceHydrator } = fields(application.spec);
  if (isFields(sourceHydrator)) {
    return hydratedDelivery(application, revisions[0]);
  }
  const sources = sourcesOf(recorded) ?? sourcesOf(fields(application.spec));
  if (sources?.length !== revisions.length) return undefined;
  return sources.flatMap((source, index) => {
    const repoUrl = text(source.repoURL);
    return repoUrl ? [deliveryOf(source, repoUrl, revisions[index])] : [];
  });
}

function deliveryOf(
  source: Fields,
  repoUrl: string,
  revision: unknown,
): EngineDelivery {
  return {
    repoUrl,
    path: pathOf(source),
    targetRevision: text(source.targetRevision),
    revision: text(revision),
  };
}

function revisionsOf({ revision, revisions }: Fields): unknown[] {
  if (Array.isArray(revisions) && revisions.length > 0) return revisions;
  return text(revision) ? [revision] : [];
}

/** Next to several sources Argo CD writes an empty one. */
function sourcesOf({ source, sources }: Fields): Fields[] | undefined {
  const several = rows(sources);
  if (several.length > 0) return several;
  return isFields(source) && text(source.repoURL) ? [source] : undefined;
}

/** People edit the dry source. From which of its commits a hydrated one came is told of the last one only. */
function hydratedDelivery(
  application: Fields,
  hydrated: unknown,
): EngineDelivery[] {
  const { drySHA, hydratedSHA } = fields(
    fields(fields(application.status).sourceHydrator).lastSuccessfulOperation,
  );
  const revision = hydrated === hydratedSHA ? drySHA : undefined;
  return declaredSources(application).flatMap(({ spec }) => {
    const repoUrl = text(spec.repoURL);
    return repoUrl ? [deliveryOf(spec, repoUrl, revision)] : [];
  });
}
