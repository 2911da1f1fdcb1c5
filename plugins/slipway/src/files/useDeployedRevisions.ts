import { useApi } from '@backstage/frontend-plugin-api';
import type { FileContent } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { useLiveQuery } from '../live';

/** What the engines of some clusters applied last of a file's module. */
export interface DeployedRevision {
  clusters: string[];
  revision: string;
}

/** The revisions that the targets of a file's module run, where they are not the branch head; undefined while that is read. */
export function useDeployedRevisions(
  file: FileContent,
): readonly DeployedRevision[] | undefined {
  const api = useApi(slipwayApiRef);
  const { configRepo, commit } = file;
  const { environment, module } = file.place;
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, environment, module]),
    fetch: async () =>
      environment && module
        ? (await api.getModule({ configRepo, environment, module })).module
            .states
        : [],
  });
  if (query.status === 'loading') {
    return undefined;
  }
  // Without the module's state there is the rest to compare with.
  const states = query.status === 'loaded' ? query.value : [];
  const clusters = new Map<string, string[]>();
  for (const { cluster, appliedRevision } of states) {
    if (appliedRevision && appliedRevision !== commit) {
      const known = clusters.get(appliedRevision) ?? [];
      clusters.set(appliedRevision, [...new Set([...known, cluster])]);
    }
  }
  return [...clusters].map(([revision, names]) => ({
    revision,
    clusters: names,
  }));
}
