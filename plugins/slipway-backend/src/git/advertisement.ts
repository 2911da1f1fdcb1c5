import { cleanDetail, GitError } from './gitError';
import { Packet, packetText } from './pktLine';

/** What a server says of itself at `info/refs`. */
export type Advertisement =
  | { version: 2; capabilities: Map<string, string> }
  | {
      version: 0;
      capabilities: Map<string, string>;
      refs: Map<string, string>;
    };

/** The server will not hand out an object that was asked for by id. */
export class NotOurRef extends Error {}

const NO_OBJECT = '0'.repeat(40);

/**
 * Reads the answer to `GET info/refs?service=git-upload-pack`.
 *
 * @see https://git-scm.com/docs/http-protocol#_smart_server_response
 * @see https://git-scm.com/docs/protocol-v2#_capability_advertisement
 */
export async function readAdvertisement(
  packets: AsyncIterable<Packet>,
): Promise<Advertisement> {
  const lines: Buffer[] = [];
  for await (const packet of packets) {
    if (packet.type === 'data') {
      throwIfError(packet.data);
      if (!packet.data.toString('latin1').startsWith('# service=')) {
        lines.push(packet.data);
      }
    }
  }
  if (lines.length > 0 && packetText(lines[0]) === 'version 2') {
    const capabilities = new Map(
      lines.slice(1).map(line => splitOnce(packetText(line), '=')),
    );
    return checkFormat({ version: 2, capabilities });
  }
  const refs = new Map<string, string>();
  let capabilities = new Map<string, string>();
  for (const line of lines) {
    const [ref, extra] = splitOnce(packetText(line), '\0');
    if (extra) {
      capabilities = new Map(
        extra.split(' ').map(capability => splitOnce(capability, '=')),
      );
    }
    const [oid, name] = splitOnce(ref, ' ');
    if (/^[0-9a-f]{40}$/.test(oid) && oid !== NO_OBJECT) {
      refs.set(name, oid);
    }
  }
  if (lines.length === 0) {
    throw new GitError('notAGitServer', 'the server speaks no smart HTTP');
  }
  return checkFormat({ version: 0, capabilities, refs });
}

/** Servers report failures as a packet `ERR …` inside a good answer. */
export function throwIfError(data: Buffer): void {
  if (data.length > 4 && data.toString('latin1', 0, 4) === 'ERR ') {
    const text = packetText(data).slice(4);
    // The words of git and of JGit (Gerrit, Bitbucket): there is no code for it.
    if (/not our ref|want \S+ not valid/.test(text)) {
      throw new NotOurRef(text);
    }
    throw new GitError('unreachable', `the server says: ${cleanDetail(text)}`);
  }
}

function checkFormat(advertisement: Advertisement): Advertisement {
  const format = advertisement.capabilities.get('object-format') ?? 'sha1';
  if (format !== 'sha1') {
    throw new GitError(
      'notAGitServer',
      `the repository uses object format ${cleanDetail(
        format,
      )}, only sha1 can be read`,
    );
  }
  return advertisement;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
