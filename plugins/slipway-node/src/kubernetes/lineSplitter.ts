import { StringDecoder } from 'node:string_decoder';

/** A stream has a line that nobody could hold. */
export class LineTooLongError extends RangeError {
  constructor(maximumLength: number) {
    super(`A line is longer than ${maximumLength} characters`);
  }
}

/**
 * Cuts a stream of bytes into lines without their ends; empty lines are left out.
 * What follows the last line end is no line: the stream broke inside it.
 *
 * @throws LineTooLongError when a line is longer than `maximumLength` characters.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  maximumLength: number,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  // Parts of an unfinished line; joined once, as a large object arrives in many chunks.
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const text = decoder.write(chunk);
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      const part = text.slice(start, end === -1 ? undefined : end);
      length += part.length;
      if (length > maximumLength) {
        throw new LineTooLongError(maximumLength);
      }
      if (part !== '') {
        parts.push(part);
      }
      if (end === -1) {
        break;
      }
      const line = parts.join('');
      parts = [];
      length = 0;
      start = end + 1;
      if (line.trim() !== '') {
        yield line;
      }
    }
  }
}
