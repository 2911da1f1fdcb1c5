import { useMemo } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Body, Section } from '../layout';
import { useText } from '../translation';
import { Modules } from './Modules';

/** The *Modules* tab of a catalog entity. */
export function EntityModules() {
  const { entity } = useEntity();
  const t = useText();
  const entityRef = stringifyEntityRef(entity);
  const scope = useMemo(() => ({ entityRef }), [entityRef]);
  return (
    <Body>
      <Section title={t('module.title')}>
        <Modules key={entityRef} scope={scope} />
      </Section>
    </Body>
  );
}
