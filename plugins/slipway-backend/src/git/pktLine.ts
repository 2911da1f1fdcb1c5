import { GitError } from './gitError';

/**
 * One packet of Git's wire format: data, or one of the three special packets.
 *
 * @see https://git-scm.com/docs/protocol-common#_pkt_line_format
 */
export type Packet =
  | { type: 'data'; data: Buffer }
  | { type: 'flush' }
  | { type: 'delimiter' }
  | { type: 'responseEnd' };

/** The most bytes that one packet may carry, its four length digits left out. */
export const MAX_PACKET_DATA = 65516;

const SPECIAL: Record<number, Packet> = {
  0: { type: 'flush' },
  1: { type: 'delimiter' },
  2: { type: 'responseEnd' },
};

export const FLUSH = Buffer.from('0000');
export const DELIMITER = Buffer.from('0001');

/** Frames one piece of data as a packet. */
export function encodePacket(data: string | Buffer): Buffer {
  const body = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  if (body.length > MAX_PACKET_DATA) {
    throw new RangeError(`A packet cannot carry ${body.length} bytes`);
  }
  const length = (body.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(length, 'latin1'), body]);
}

/**
 * Reads packets from a stream of chunks, however the chunks are cut.
 *
 * Throws {@link GitError} `notAGitServer` for anything that is not a packet,
 * and `unreachable` when the stream ends inside one.
 */
export async function* readPackets(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Packet, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const added = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let buffer = rest.length === 0 ? added : Buffer.concat([rest, added]);
    for (;;) {
      const length = packetLength(buffer);
      if (length === undefined || buffer.length < Math.max(4, length)) {
        break;
      }
      if (length < 4) {
        yield SPECIAL[length];
        buffer = buffer.subarray(4);
      } else {
        yield { type: 'data', data: buffer.subarray(4, length) };
        buffer = buffer.subarray(length);
      }
    }
    rest = buffer;
  }
  if (rest.length > 0) {
    throw new GitError('unreachable', 'the answer ended in the middle');
  }
}

function packetLength(buffer: Buffer): number | undefined {
  if (buffer.length < 4) {
    return undefined;
  }
  const digits = buffer.toString('latin1', 0, 4);
  const length = /^[0-9a-fA-F]{4}$/.test(digits)
    ? Number.parseInt(digits, 16)
    : -1;
  if (length < 0 || length === 3 || length > MAX_PACKET_DATA + 4) {
    throw new GitError(
      'notAGitServer',
      'the answer does not speak the Git protocol',
    );
  }
  return length;
}

/** The packet's text without the line feed that senders may add. */
export function packetText(data: Buffer): string {
  const text = data.toString('utf8');
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
