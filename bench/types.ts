/** One figure of a benchmark, printed as a `RESULT` line. */
export type BenchResult = {
  /** What was measured, without spaces. */
  name: string;
  value: number;
  /** Printed behind the value without a space, e.g. `ms`. */
  unit?: string;
  /** What was aimed at, e.g. `<=20ms`. */
  target: string;
  verdict: 'met' | 'short';
};
