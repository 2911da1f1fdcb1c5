/** As far as git looks for a zero byte when it decides what is text. */
const BINARY_BYTES = 8000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a file, byte for byte; undefined for what is not UTF-8, or binary as git judges it. */
export function textContent(data: Buffer): string | undefined {
  if (data.subarray(0, BINARY_BYTES).includes(0)) return undefined;
  try {
    return utf8.decode(data);
  } catch {
    return undefined;
  }
}
