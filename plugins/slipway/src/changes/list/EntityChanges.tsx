import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Body, Section } from '../../layout';
import { useText } from '../../translation';
import { Changes } from './Changes';

/** The *Changes* tab of a catalog entity. */
export function EntityChanges() {
  const { entity } = useEntity();
  const t = useText();
  const entityRef = stringifyEntityRef(entity);
  return (
    <Body>
      <Section title={t('changes.title')}>
        <Changes key={entityRef} scope={{ entityRef }} />
      </Section>
    </Body>
  );
}
