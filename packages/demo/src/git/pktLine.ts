/**
 * Reads pkt-lines until the first flush packet.
 *
 * @see https://git-scm.com/docs/gitprotocol-common#_pkt_line_format
 */
export function readPktLines(data: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let position = 0;
  while (position + 4 <= data.length) {
    const length = parseInt(
      data.toString('latin1', position, position + 4),
      16,
    );
    if (!(length >= 4) || position + length > data.length) {
      break;
    }
    lines.push(data.subarray(position + 4, position + length));
    position += length;
  }
  return lines;
}

/** One ref that a client asked `git-receive-pack` to move. */
export interface RefUpdate {
  ref: string;
  before: string;
  after: string;
}

/** The commands at the head of a `git-receive-pack` request body. */
export function readRefUpdates(request: Buffer): RefUpdate[] {
  return readPktLines(request).flatMap(line => {
    const match = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([^\0\n]+)/.exec(
      line.toString('utf8'),
    );
    return match ? [{ before: match[1], after: match[2], ref: match[3] }] : [];
  });
}

/** The refs that a `git-receive-pack` answer reports as moved, side band or not. */
export function readAcceptedRefs(response: Buffer): Set<string> {
  let lines = readPktLines(response);
  if (lines.some(line => line[0] === 1)) {
    lines = readPktLines(
      Buffer.concat(
        lines.filter(line => line[0] === 1).map(line => line.subarray(1)),
      ),
    );
  }
  const accepted = new Set<string>();
  for (const line of lines) {
    const match = /^ok (.+?)\n?$/.exec(line.toString('utf8'));
    if (match) {
      accepted.add(match[1]);
    }
  }
  return accepted;
}
