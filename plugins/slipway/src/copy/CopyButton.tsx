import Button from '@material-ui/core/Button';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useMayChange } from '../editor/useMayChange';
import { environmentCopyRouteRef } from '../routes';
import { Hint } from '../status';
import { useText } from '../translation';

/** The way to the copy of an environment, for those who may change it; others are told what they lack. */
export function CopyButton(props: { configRepo: string; environment: string }) {
  const { configRepo, environment } = props;
  const t = useText();
  const link = useRouteRef(environmentCopyRouteRef);
  const may = useMayChange(configRepo, [environment]);
  if (!link || may.status === 'loading') {
    return null;
  }
  return may.status === 'denied' ? (
    <Hint hint={t('rollback.denied', { permission: may.permission })}>
      <Button size="small" variant="outlined" disabled>
        {t('copy.title')}
      </Button>
    </Hint>
  ) : (
    <LinkButton
      size="small"
      variant="outlined"
      to={link({ configRepo, environment })}
    >
      {t('copy.title')}
    </LinkButton>
  );
}
