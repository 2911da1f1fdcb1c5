import { useEffect, useState } from 'react';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';

const annotations = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/** Where the portal shows what runs of a component: its entity's *Kubernetes* tab, which is there for entities with either annotation. */
export function useKubernetesPage(entityRef: string): string | undefined {
  // A portal without a catalog has no such page.
  const catalog = useApiHolder().get(catalogApiRef);
  const linkTo = useEntityRefLink();
  const [found, setFound] = useState<string>();
  useEffect(() => {
    let left = false;
    catalog
      ?.getEntityByRef(entityRef)
      .then(entity => {
        const has = annotations.some(
          name => entity?.metadata.annotations?.[name],
        );
        if (!left && has) {
          setFound(entityRef);
        }
      })
      // The link is a convenience: a catalog that does not answer only leaves it out.
      .catch(() => {});
    return () => {
      left = true;
    };
  }, [catalog, entityRef]);
  return found === entityRef ? `${linkTo(entityRef)}/kubernetes` : undefined;
}
