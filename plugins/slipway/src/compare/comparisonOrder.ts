import type { ComparisonState } from '@slipway/backstage-plugin-slipway-common';

/** In the order in which a person wants to see them. */
const order: readonly ComparisonState[] = [
  'different',
  'onlyLeft',
  'onlyRight',
  'expected',
  'same',
];

/** Nothing in it needs a person. */
export function isQuiet({ state }: { state: ComparisonState }): boolean {
  return state === 'same' || state === 'expected';
}

/** What differs unexpectedly first; the order among equals stays, which is the API's. */
export function byState<T extends { state: ComparisonState }>(
  items: readonly T[],
): T[] {
  return [...items].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state),
  );
}

/** How many there are of each state. */
export function countStates(items: ReadonlyArray<{ state: ComparisonState }>): {
  [state in ComparisonState]: number;
} {
  const counts = {
    different: 0,
    onlyLeft: 0,
    onlyRight: 0,
    expected: 0,
    same: 0,
  };
  for (const { state } of items) {
    counts[state] += 1;
  }
  return counts;
}
