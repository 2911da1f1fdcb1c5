/** How a link behaves. */
export type LinkState =
  | { type: 'open' }
  | { type: 'cut' }
  | { type: 'stalled' }
  | { type: 'slow'; delayMs: number; bytesPerSecond?: number };
