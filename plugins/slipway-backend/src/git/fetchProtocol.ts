import type { Advertisement } from './advertisement';
import { throwIfError } from './advertisement';
import { cleanDetail, GitError } from './gitError';
import { DELIMITER, encodePacket, FLUSH, Packet, packetText } from './pktLine';

/** How far back the answer shall reach. */
export type FetchDepth =
  /** Everything that is not here yet. */
  | { type: 'sinceHaves' }
  /** So many commits from each wanted one; more than there are means all. */
  | { type: 'fromTip'; commits: number }
  /** So many commits behind where the local history ends. */
  | { type: 'beyondShallow'; commits: number };

export interface FetchRequest {
  wants: string[];
  /** Commits that are here, with everything behind them up to `shallow`. */
  haves: string[];
  /** Commits that are here without their parents. */
  shallow: string[];
  depth: FetchDepth;
  /** Leave out file contents, where the server knows how. */
  withoutBlobs?: boolean;
  /**
   * Answer with a pack only if what is wanted descends from `haves`. Without
   * this a rewritten branch would bring its whole history along.
   */
  onlyIfDescendant?: boolean;
}

export interface ShallowUpdate {
  shallow: string[];
  unshallow: string[];
}

export type FetchAnswer =
  | { type: 'pack'; update: ShallowUpdate; pack: AsyncIterable<Buffer> }
  | { type: 'notDescendant' };

/** True when the server can leave file contents out. */
export function canFilter(server: Advertisement): boolean {
  return server.version === 2
    ? (server.capabilities.get('fetch') ?? '').split(' ').includes('filter')
    : server.capabilities.has('filter');
}

/**
 * The body of a `fetch` request.
 *
 * @see https://git-scm.com/docs/protocol-v2#_fetch
 * @see https://git-scm.com/docs/pack-protocol (versions 0 and 1)
 */
export function encodeFetch(
  server: Advertisement,
  request: FetchRequest,
): Buffer {
  const lines = [
    ...request.shallow.map(oid => `shallow ${oid}`),
    ...(request.depth.type === 'sinceHaves'
      ? []
      : [`deepen ${request.depth.commits}`]),
  ];
  const filter =
    request.withoutBlobs && canFilter(server) ? ['filter blob:none'] : [];
  // Only with thin packs does Git leave out what `haves` hold when it also cuts
  // history: without, each deepening would bring the whole tree again.
  const thin =
    request.depth.type !== 'sinceHaves' && request.haves.length > 0
      ? ['thin-pack']
      : [];
  const haves = request.haves.map(oid => `have ${oid}`);
  const done = request.onlyIfDescendant ? [] : ['done'];

  if (server.version === 2) {
    const relative = request.depth.type === 'beyondShallow';
    return Buffer.concat([
      encodePacket('command=fetch\n'),
      encodePacket('agent=slipway\n'),
      encodePacket('object-format=sha1\n'),
      DELIMITER,
      ...[
        'ofs-delta',
        'no-progress',
        ...thin,
        ...request.wants.map(oid => `want ${oid}`),
        ...lines,
        ...(relative ? ['deepen-relative'] : []),
        ...filter,
        ...haves,
        ...done,
      ].map(line => encodePacket(`${line}\n`)),
      FLUSH,
    ]);
  }

  const known = [
    'side-band-64k',
    'ofs-delta',
    'no-progress',
    ...thin,
    ...(request.onlyIfDescendant ? ['multi_ack_detailed'] : []),
    ...(request.depth.type === 'beyondShallow' ? ['deepen-relative'] : []),
    ...(filter.length > 0 ? ['filter'] : []),
  ].filter(name => server.capabilities.has(name));
  return Buffer.concat([
    ...request.wants.map((oid, i) =>
      encodePacket(
        i === 0
          ? `want ${oid} ${known.join(' ')} agent=slipway\n`
          : `want ${oid}\n`,
      ),
    ),
    ...[...lines, ...filter].map(line => encodePacket(`${line}\n`)),
    FLUSH,
    ...haves.map(line => encodePacket(`${line}\n`)),
    ...(request.onlyIfDescendant ? [FLUSH] : [encodePacket('done\n')]),
  ]);
}

/** Reads a version 2 answer; its `pack` must be read, or left by a `break`. */
export function readFetchV2(
  packets: AsyncIterator<Packet>,
): Promise<FetchAnswer> {
  return closingOnFailure(packets, readSections(packets));
}

/** Reads an answer of version 0 or 1 to a request that ended with `done`. */
export function readFetchV0(
  packets: AsyncIterator<Packet>,
  server: Advertisement,
  deepened: boolean,
): Promise<FetchAnswer> {
  return closingOnFailure(packets, readLines(packets, server, deepened));
}

async function closingOnFailure(
  packets: AsyncIterator<Packet>,
  reading: Promise<FetchAnswer>,
): Promise<FetchAnswer> {
  let answer: FetchAnswer | undefined;
  try {
    answer = await reading;
    return answer;
  } finally {
    if (answer?.type !== 'pack') {
      await packets.return?.();
    }
  }
}

async function readSections(
  packets: AsyncIterator<Packet>,
): Promise<FetchAnswer> {
  const update: ShallowUpdate = { shallow: [], unshallow: [] };
  let section = '';
  for (;;) {
    const packet = await nextPacket(packets);
    if (packet === undefined || packet.type === 'flush') {
      if (section === 'acknowledgments') {
        return { type: 'notDescendant' };
      }
      throw new GitError('unreachable', 'the answer ended before its pack');
    }
    if (packet.type !== 'data') {
      section = '';
    } else {
      throwIfError(packet.data);
      const text = packetText(packet.data);
      if (section === '') {
        section = text;
        if (section === 'packfile') {
          return { type: 'pack', update, pack: readSideband(packets) };
        }
      } else if (section === 'shallow-info') {
        readShallowLine(text, update);
      }
    }
  }
}

async function readLines(
  packets: AsyncIterator<Packet>,
  server: Advertisement,
  deepened: boolean,
): Promise<FetchAnswer> {
  const update: ShallowUpdate = { shallow: [], unshallow: [] };
  if (!server.capabilities.has('side-band-64k')) {
    throw new GitError('notAGitServer', 'the server lacks side-band-64k');
  }
  let inShallow = deepened;
  for (;;) {
    const packet = await nextPacket(packets);
    if (packet === undefined) {
      throw new GitError('unreachable', 'the answer ended before its pack');
    }
    if (packet.type === 'data') {
      throwIfError(packet.data);
      const text = packetText(packet.data);
      if (inShallow) {
        readShallowLine(text, update);
      } else if (!/^(ACK [0-9a-f]{40}|NAK)/.test(text)) {
        const pack = readSideband(packets, packet);
        return { type: 'pack', update, pack };
      }
    } else {
      inShallow = false;
    }
  }
}

/** True when the server says that what is wanted descends from a have. */
export async function readReadyV0(
  packets: AsyncIterable<Packet>,
): Promise<boolean> {
  let ready = false;
  for await (const packet of packets) {
    if (packet.type === 'data') {
      throwIfError(packet.data);
      ready ||= /^ACK [0-9a-f]{40} ready/.test(packetText(packet.data));
    }
  }
  return ready;
}

/** Band 1 is the pack, 2 is talk, 3 is the reason why it ends here. */
async function* readSideband(
  packets: AsyncIterator<Packet>,
  first?: Packet,
): AsyncGenerator<Buffer, void> {
  try {
    let packet = first ?? (await nextPacket(packets));
    while (packet?.type === 'data') {
      const band = packet.data[0];
      if (band === 1) {
        yield packet.data.subarray(1);
      } else if (band === 3) {
        const text = cleanDetail(packetText(packet.data.subarray(1)));
        throw new GitError('unreachable', `the server says: ${text}`);
      } else if (band !== 2) {
        throwIfError(packet.data);
        throw new GitError('notAGitServer', 'the answer is not a Git pack');
      }
      packet = await nextPacket(packets);
    }
    if (packet === undefined) {
      throw new GitError('unreachable', 'the answer ended inside its pack');
    }
  } finally {
    await packets.return?.();
  }
}

function readShallowLine(text: string, update: ShallowUpdate): void {
  const match = /^(shallow|unshallow) ([0-9a-f]{40})$/.exec(text);
  if (match) {
    update[match[1] as keyof ShallowUpdate].push(match[2]);
  }
}

async function nextPacket(
  packets: AsyncIterator<Packet>,
): Promise<Packet | undefined> {
  const next = await packets.next();
  return next.done ? undefined : next.value;
}
