import type { EnvironmentComparison } from '@slipway/backstage-plugin-slipway-common';
import { EmptyPanel } from '../states';
import { useText } from '../translation';
import { byState, isQuiet } from './comparisonOrder';
import { Fold } from './Fold';
import { ModuleDifferences } from './ModuleDifferences';
import { Sides, sidesOf } from './sides';
import { Totals } from './Totals';

/** With more than these, each is opened when it is wanted. */
const OPEN_MODULES = 10;

/** Said where no module differs unexpectedly. */
function NothingDiffers(props: {
  comparison: EnvironmentComparison;
  sides: Sides;
}) {
  const { modules } = props.comparison;
  const { leftTitle: left, rightTitle: right } = props.sides;
  const t = useText();
  if (modules.length === 0) {
    return (
      <EmptyPanel
        title={t('compare.noModulesTitle')}
        text={t('compare.noModules', { left, right })}
      />
    );
  }
  return modules.every(({ state }) => state === 'same') ? (
    <EmptyPanel
      title={t('compare.nothingTitle')}
      text={t('compare.nothing', { count: modules.length, left, right })}
    />
  ) : (
    <EmptyPanel
      title={t('compare.onlyExpectedTitle')}
      text={t('compare.onlyExpected', { left, right })}
    />
  );
}

/** The modules of two environments, what differs unexpectedly first. */
export function ComparisonResult(props: {
  configRepo: string;
  comparison: EnvironmentComparison;
}) {
  const { configRepo, comparison } = props;
  const t = useText();
  const sides = sidesOf(configRepo, comparison.left, comparison.right);
  const modules = byState(comparison.modules);
  const telling = modules.filter(module => !isQuiet(module));
  const quiet = modules.filter(isQuiet);
  return (
    <>
      <Totals modules={modules} sides={sides} />
      {telling.length === 0 && (
        <NothingDiffers comparison={comparison} sides={sides} />
      )}
      {telling.map(module => (
        <ModuleDifferences
          key={module.name}
          module={module}
          sides={sides}
          open={module.state === 'different' && telling.length <= OPEN_MODULES}
        />
      ))}
      {quiet.length > 0 && (
        <Fold
          show={t('compare.showQuiet', { count: quiet.length })}
          hide={t('compare.hideQuiet')}
        >
          {quiet.map(module => (
            <ModuleDifferences
              key={module.name}
              module={module}
              sides={sides}
              open={false}
            />
          ))}
        </Fold>
      )}
    </>
  );
}
