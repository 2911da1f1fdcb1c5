import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { Body } from '../layout';
import { useText } from '../translation';
import { Files } from './Files';

/** The *Files* tab of a catalog entity. */
export function EntityFiles() {
  const { entity } = useEntity();
  const t = useText();
  const entityRef = stringifyEntityRef(entity);
  return (
    <Body>
      <section aria-label={t('files.title')}>
        <Typography variant="h5" component="h2" gutterBottom>
          {t('files.title')}
        </Typography>
        <Files key={entityRef} scope={{ entityRef }} />
      </section>
    </Body>
  );
}
