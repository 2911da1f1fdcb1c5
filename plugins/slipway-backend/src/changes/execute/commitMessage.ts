const TRAILER = /^[A-Za-z0-9-]+: \S/;

/** The person's message with the change's trailer, in the block of trailers that may be there already. */
export function commitMessage(message: string, change: number): string {
  const text = message.replace(/\r\n?/g, '\n').trim();
  const paragraphs = text.split(/\n\s*\n/);
  const last = paragraphs.length > 1 ? paragraphs.at(-1) ?? '' : '';
  const hasTrailers =
    last !== '' && last.split('\n').every(line => TRAILER.test(line));
  return `${text}${hasTrailers ? '\n' : '\n\n'}Slipway-Change: ${change}\n`;
}
