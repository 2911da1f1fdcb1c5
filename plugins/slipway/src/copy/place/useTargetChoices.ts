import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../../api';
import { listAll, useLiveQuery } from '../../live';
import type { Choice } from './ChoiceField';

/** The stages of a config repo and the clusters that the portal knows, as far as they are read. */
export function useTargetChoices(configRepo: string): {
  stages: Choice[];
  clusters: Choice[];
} {
  const api = useApi(slipwayApiRef);
  const repo = useLiveQuery({
    key: configRepo,
    fetch: () => api.getConfigRepo(configRepo),
  });
  const clusters = useLiveQuery({
    key: 'clusters',
    fetch: () => listAll(paging => api.listClusters(paging)),
    sequenceOf: page => page.sequence,
  });
  return {
    stages:
      repo.status === 'loaded'
        ? repo.value.stages.map(stage => ({ value: stage, label: stage }))
        : [],
    clusters:
      clusters.status === 'loaded'
        ? clusters.value.items.map(({ name, title }) => ({
            value: name,
            label: title && title !== name ? `${title} (${name})` : name,
          }))
        : [],
  };
}
