import Typography from '@material-ui/core/Typography';
import type { ClusterEngine } from '@slipway/backstage-plugin-slipway-common';
import { engineName, Hint, reasonText } from '../status';
import { useLanguage, useText } from '../translation';

/** `Argo CD v3.5.7`; where the version cannot be known, that, and why. */
export function EngineTitle(props: { engine: ClusterEngine }) {
  const { kind, version, versionReason } = props.engine;
  const t = useText();
  const language = useLanguage();
  return (
    <>
      {engineName(kind)} {version}
      {!version && versionReason && (
        <Hint hint={reasonText(t, versionReason, language)}>
          <Typography
            component="span"
            variant="body2"
            color="textSecondary"
            noWrap
          >
            {t('cluster.versionNotKnown')}
          </Typography>
        </Hint>
      )}
    </>
  );
}
