import { RefObject } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';

/** More than so many are drawn only where they are in sight. */
export const WINDOWED_FROM = 60;

/**
 * The rows to draw out of `count`: all of them, or with `on` those in sight of the scrolling element and a few around,
 * with the height in px of what is left out before and after.
 */
export function useWindowed(options: {
  on: boolean;
  count: number;
  /** What a row is likely to measure, in px. */
  height: number;
  /** Rows to draw on each side beyond those in sight. */
  around: number;
  scroll: RefObject<HTMLElement>;
}) {
  const { on, count, height, around, scroll } = options;
  const virtualizer = useVirtualizer({
    enabled: on,
    count,
    estimateSize: () => height,
    getScrollElement: () => scroll.current,
    overscan: around,
  });
  if (!on) {
    return {
      rows: Array.from({ length: count }, (_, index) => index),
      before: 0,
      after: 0,
      measure: undefined,
    };
  }
  const items = virtualizer.getVirtualItems();
  const end = items.length > 0 ? items[items.length - 1].end : 0;
  return {
    rows: items.map(({ index }) => index),
    before: items.length > 0 ? items[0].start : 0,
    after: virtualizer.getTotalSize() - end,
    measure: virtualizer.measureElement,
  };
}
