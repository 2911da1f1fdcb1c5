const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function quantity(
  value: number,
  unit: 'millisecond' | 'second' | 'minute' | 'hour',
  language: string,
) {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'second' && value < 10 ? 1 : 0,
  }).format(unit === 'second' && value < 10 ? value : Math.floor(value));
}

/** How long something took, in ms, as the language says it: `40 ms`, `0.8 sec`, `2 min 5 sec`, `3小时 2分钟`. */
export function durationText(ms: number, language: string): string {
  const took = Math.max(0, ms);
  if (took < SECOND) {
    return quantity(took, 'millisecond', language);
  }
  if (took < MINUTE) {
    return quantity(took / SECOND, 'second', language);
  }
  const parts =
    took < HOUR
      ? [
          quantity(took / MINUTE, 'minute', language),
          quantity((took % MINUTE) / SECOND, 'second', language),
        ]
      : [
          quantity(took / HOUR, 'hour', language),
          quantity((took % HOUR) / MINUTE, 'minute', language),
        ];
  return parts.join(' ');
}
