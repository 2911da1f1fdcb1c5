import { cleanWords, GitError } from './gitError';
import { encodePacket, FLUSH, Packet, packetText } from './pktLine';

export interface RefUpdate {
  /** Full name of the ref. */
  ref: string;
  /** Where the ref must be for the push to be taken. */
  from: string;
  to: string;
}

/** What the server made of a push. */
export type PushReport =
  | { type: 'ok' }
  /** Not taken, for a reason that no code tells. */
  | { type: 'declined'; words: string };

const CAPABILITIES =
  'report-status side-band-64k atomic quiet object-format=sha1 agent=slipway';

/**
 * The body of a push of one ref.
 *
 * @see https://git-scm.com/docs/pack-protocol#_reference_update_request_and_packfile_transfer
 */
export function encodePush(update: RefUpdate, pack: Buffer): Buffer {
  const { from, to, ref } = update;
  return Buffer.concat([
    encodePacket(`${from} ${to} ${ref}\0 ${CAPABILITIES}`),
    FLUSH,
    pack,
  ]);
}

/**
 * Reads the answer to a push. Most refusals come as a good answer of HTTP.
 *
 * Throws GitError `unknownOutcome` when the answer does not tell.
 *
 * @see https://git-scm.com/docs/pack-protocol#_report_status
 */
export async function readPushReport(
  packets: AsyncIterable<Packet>,
  ref: string,
): Promise<PushReport> {
  const report: Buffer[] = [];
  const said: Buffer[] = [];
  for await (const packet of packets) {
    if (packet.type === 'data') {
      const band = packet.data[0];
      if (band === 1) {
        report.push(packet.data.subarray(1));
      } else if (band === 2 || band === 3) {
        said.push(packet.data.subarray(1));
      } else {
        // A server that does not know about bands.
        report.push(encodePacket(packet.data));
      }
    }
  }
  const words = Buffer.concat(said).toString('utf8');
  const lines = reportLines(Buffer.concat(report));
  const result = lines.find(line => /^(ok|ng) /.test(line));
  const unpack = lines.find(line => line.startsWith('unpack '))?.slice(7);
  if (unpack === 'ok' && result === `ok ${ref}`) {
    return { type: 'ok' };
  }
  if (result?.startsWith(`ng ${ref}`) || (unpack && unpack !== 'ok')) {
    const reason = result?.slice(`ng ${ref} `.length) ?? `unpack: ${unpack}`;
    return { type: 'declined', words: cleanWords(`${words}\n${reason}`) };
  }
  throw new GitError(
    'unknownOutcome',
    cleanWords(words) || 'the server did not say what became of the push',
  );
}

function reportLines(report: Buffer): string[] {
  const lines: string[] = [];
  let at = 0;
  while (at + 4 <= report.length) {
    const length = Number.parseInt(report.toString('latin1', at, at + 4), 16);
    if (!(length >= 4)) {
      break;
    }
    lines.push(packetText(report.subarray(at + 4, at + length)));
    at += length;
  }
  return lines;
}
