import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Environments } from './Environments';

/** The *Environments* tab of a catalog entity. */
export function EntityEnvironments() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return <Environments key={entityRef} scope={{ entityRef }} showConfigRepos />;
}
