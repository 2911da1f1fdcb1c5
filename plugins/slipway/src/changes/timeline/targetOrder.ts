import type { ChangeTarget } from '@slipway/backstage-plugin-slipway-common';

/** What needs a person comes first, what is on its way next. */
const order: ReadonlyArray<ChangeTarget['state']> = [
  'Degraded',
  'TimedOut',
  'Progressing',
  'Waiting',
  'Live',
  'Superseded',
];

export function inTargetOrder(targets: readonly ChangeTarget[]) {
  return [...targets].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
  );
}

/** What names a target of a change. */
export function targetKey(target: ChangeTarget): string {
  const { cluster, environment, module, namespace } = target;
  return JSON.stringify([environment, module, cluster, namespace]);
}
