const steps: Array<[unit: Intl.RelativeTimeFormatUnit, seconds: number]> = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const formats = new Map<string, Intl.RelativeTimeFormat>();

/**
 * How long ago, as the language says it: `12s ago`, `3小时前`.
 * A clock that runs behind the server's never makes it "in 3 seconds".
 */
export function relativeTime(at: string, now: number, language: string) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  if (!Number.isFinite(seconds)) {
    return '';
  }
  let format = formats.get(language);
  if (!format) {
    format = new Intl.RelativeTimeFormat(language, { style: 'narrow' });
    formats.set(language, format);
  }
  for (const [unit, size] of steps) {
    if (seconds >= size) {
      return format.format(-Math.floor(seconds / size), unit);
    }
  }
  return format.format(-seconds, 'second');
}

const exactFormats = new Map<string, Intl.DateTimeFormat>();

/** The exact time, for tooltips: `21 Nov 2026, 09:41:07 UTC+8`. */
export function exactTime(at: string, language: string): string {
  const time = Date.parse(at);
  if (!Number.isFinite(time)) {
    return at;
  }
  // Making a format costs a hundred times what using it does, and a page shows hundreds of times.
  let format = exactFormats.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'long',
    });
    exactFormats.set(language, format);
  }
  return format.format(time);
}
