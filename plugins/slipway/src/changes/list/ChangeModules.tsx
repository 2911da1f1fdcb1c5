import { Hint } from '../../status';
import type { ChangeSummary } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import { ModuleRefLink } from '../ModuleRefLink';

/** A change of a shared base may touch hundreds. */
const SHOWN = 2;

/** The modules that a change touches, the first by name and the rest on hover. */
export function ChangeModules(props: {
  summary: ChangeSummary;
  /** The page is about one environment, which need not be said again. */
  inEnvironment: boolean;
}) {
  const { inEnvironment, summary } = props;
  const { configRepo, modules } = summary;
  const t = useText();
  const rest = modules.slice(SHOWN);
  return (
    <>
      {modules.slice(0, SHOWN).map(moduleRef => (
        <div key={`${moduleRef.environment}/${moduleRef.module}`}>
          <ModuleRefLink configRepo={configRepo} moduleRef={moduleRef}>
            {inEnvironment ? moduleRef.module : undefined}
          </ModuleRefLink>
        </div>
      ))}
      {rest.length > 0 && (
        <Hint
          hint={rest.map(({ environment, module }) => (
            <p key={`${environment}/${module}`}>
              {environment}/{module}
            </p>
          ))}
        >
          {t('changes.moreModules', { more: String(rest.length) })}
        </Hint>
      )}
    </>
  );
}
