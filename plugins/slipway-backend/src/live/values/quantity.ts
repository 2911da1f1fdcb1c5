const SUFFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Steps of a path below which values are amounts. */
const AMOUNTS = new Set([
  'averageValue',
  'capacity',
  'default',
  'defaultRequest',
  'divisor',
  'hard',
  'limits',
  'max',
  'min',
  'overhead',
  'requests',
  'sizeLimit',
  'storage',
]);

/** Whether a value at a path of fields is an amount, which an API server writes in a way of its own. */
export function isAmount(fields: readonly string[]): boolean {
  return fields.slice(-2).some(field => AMOUNTS.has(field));
}

/**
 * A quantity as a number: `0.5` and `500m`, `1Gi` and `1024Mi` are the same.
 *
 * @returns undefined for what is none
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match =
    /^([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([-+]?[0-9]{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(
      value,
    );
  if (!match) return undefined;
  const [, digits, exponent, suffix = ''] = match;
  // Multiplied rather than parsed, `0.1` and `100m` would differ in the last bit.
  const amount = exponent
    ? Number(`${digits}e${exponent}`)
    : Number(digits) * SUFFIXES[suffix];
  return Number(amount.toPrecision(12));
}
