import type { ModuleComparison } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { countStates } from './comparisonOrder';
import type { Sides } from './sides';

/** How many modules differ, and how; what there is none of is left out. */
export function Totals(props: {
  modules: readonly ModuleComparison[];
  sides: Sides;
}) {
  const { modules, sides } = props;
  const t = useText();
  const counts = countStates(modules);
  const onlyIn = (number: number, environment: string) =>
    number > 0 &&
    t('compare.countOnlyIn', { number: String(number), environment });
  const parts = [
    t('compare.differing', { count: counts.different }),
    onlyIn(counts.onlyLeft, sides.leftTitle),
    onlyIn(counts.onlyRight, sides.rightTitle),
    counts.expected > 0 &&
      t('compare.countExpected', { count: counts.expected }),
    counts.same > 0 && t('compare.countSame', { number: String(counts.same) }),
  ];
  return (
    <div role="status">
      {parts.filter(Boolean).join(t('compare.separator'))}
    </div>
  );
}
