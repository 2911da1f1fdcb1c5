import Alert from '@material-ui/lab/Alert';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { engineName, engineObjectName } from '../status';
import { useText } from '../translation';

/** The engine objects that carry other modules too, so that nobody takes all resources for this module's. */
export function SharedNotes(props: { details: ModuleDetails }) {
  const t = useText();
  return (
    <>
      {props.details.engineObjects
        .filter(({ modules }) => modules !== undefined && modules > 1)
        .map(({ modules, ref }) => (
          <Alert key={engineObjectName(ref)} severity="info" role="note">
            {t('modulePage.shared', {
              engine: engineName(ref.engine),
              name: ref.name,
              count: modules ?? 1,
            })}
          </Alert>
        ))}
    </>
  );
}
