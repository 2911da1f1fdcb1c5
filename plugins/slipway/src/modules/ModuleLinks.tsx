import Button from '@material-ui/core/Button';
import OpenInNew from '@material-ui/icons/OpenInNew';
import { LinkButton } from '@backstage/core-components';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { useKubernetesPage } from './useKubernetesPage';

function KubernetesLink(props: { entityRef: string }) {
  const { entityRef } = props;
  const t = useText();
  const page = useKubernetesPage(entityRef);
  return page ? (
    <LinkButton
      to={page}
      title={t('moduleLinks.kubernetesHint', { entity: entityRef })}
    >
      {t('moduleLinks.kubernetes')}
    </LinkButton>
  ) : null;
}

/** The way to a module's files on the forge and to what the portal knows of its component in Kubernetes. */
export function ModuleLinks(props: { details: ModuleDetails }) {
  const { forgeUrl, module } = props.details;
  const t = useText();
  return (
    <>
      {forgeUrl && /^https?:\/\//.test(forgeUrl) && (
        <Button
          href={forgeUrl}
          target="_blank"
          rel="noopener noreferrer"
          endIcon={<OpenInNew />}
        >
          {t('moduleLinks.forge')}
        </Button>
      )}
      {module.entityRef && <KubernetesLink entityRef={module.entityRef} />}
    </>
  );
}
