import { isMap, isPair, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { isEncrypted, isSops } from '../masking/markers';
import { PathIds } from '../masking/PathIds';
import { parseChunk, splitDocuments } from '../yaml/documents';
import { getValue, textOf } from '../yaml/nodes';
import { FileFindings } from './FileFindings';

/** What SOPS left to see in one value. */
interface Value {
  /** See `PathIds`. */
  path: number;
  name: string;
  text: string;
  encrypted: boolean;
  /** A suffix of a key around it tells SOPS to leave it. */
  leave: boolean;
  offset: number;
}

interface SopsFile {
  values: Value[];
  /** All of it has to be encrypted: no rule of the file says otherwise. */
  complete: boolean;
  mac?: string;
}

/** Settings by which SOPS leaves some values as they are. */
const PARTIAL = [
  'encrypted_regex',
  'unencrypted_regex',
  'encrypted_suffix',
  'encrypted_comment_regex',
  'unencrypted_comment_regex',
];

/**
 * `sopsTurnedPlain` (error): the file was encrypted and is not any more. `sopsValuePlain` (error, `key`): a value was encrypted, or is
 * new where every value has to be, and is plain. `sopsMacKept` (warning): values differ, yet the checksum is the old one, so that
 * decryption will fail.
 *
 * @param options - `before`: none when the file is new
 */
export function sopsFindings(options: {
  path: string;
  text: string;
  before?: string;
}): Finding[] {
  const { path, text, before = '' } = options;
  const wasSops = isSops(before);
  if (!wasSops && !isSops(text)) return [];
  const findings = new FileFindings(path, text);
  const isLines = !/\.(?:ya?ml|json)$/i.test(path);
  const ids = new PathIds();
  const old = isLines ? undefined : readSops(before, ids);
  const now = isLines ? undefined : readSops(text, ids);
  const wasEncrypted = old?.values.some(({ encrypted }) => encrypted);
  const plainNow = isLines || (now && !now.values.some(v => v.encrypted));
  if (
    wasSops &&
    plainNow &&
    !text.includes('ENC[') &&
    (isLines || wasEncrypted)
  ) {
    findings.add('sopsTurnedPlain', {});
    return findings.list;
  }
  if (!now) return findings.list;
  for (const value of turnedPlain(now, old)) {
    const key = value.name.slice(0, 100);
    findings.add('sopsValuePlain', { key }, value.offset);
  }
  const changed =
    old && written(old.values).join('\n') !== written(now.values).join('\n');
  if (changed && now.mac !== undefined && now.mac === old.mac) {
    findings.add('sopsMacKept', {}, undefined, 'warning');
  }
  return findings.list;
}

function turnedPlain(now: SopsFile, old: SopsFile | undefined): Value[] {
  const encrypted = new Set<number>();
  const plain = new Set<number>();
  for (const value of old?.values ?? []) {
    (value.encrypted ? encrypted : plain).add(value.path);
  }
  return now.values.filter(({ path, text, leave, encrypted: safe }) => {
    if (safe || text === '' || plain.has(path)) return false;
    return encrypted.has(path) || (now.complete && !leave);
  });
}

function written(values: readonly Value[]): string[] {
  return values.map(({ path, text }) => JSON.stringify([path, text]));
}

/** @returns `undefined` when it cannot be read */
function readSops(text: string, ids: PathIds): SopsFile | undefined {
  const values: Value[] = [];
  let metadata: unknown;
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) return undefined;
    for (const root of roots) {
      metadata ??= getValue(root, 'sops', new Map());
      collect(root, chunk.start, { values, ids });
    }
  }
  const rules = PARTIAL.some(
    rule => textOf(getValue(metadata, rule, new Map())) !== undefined,
  );
  return {
    values,
    complete: isMap(metadata) && !rules,
    mac: textOf(getValue(metadata, 'mac', new Map())),
  };
}

/** Paths have no positions in lists, as with SOPS itself. */
function collect(
  root: ParsedNode,
  base: number,
  to: { values: Value[]; ids: PathIds },
) {
  const visit = (
    node: unknown,
    place: { path: number; name: string; leave: boolean },
  ) => {
    if (isScalar(node)) {
      const text = textOf(node) ?? '';
      const offset = base + (node.range?.[0] ?? 0);
      const encrypted = isEncrypted(text);
      to.values.push({ ...place, text, encrypted, offset });
    }
    if (isSeq(node)) for (const item of node.items) visit(item, place);
    if (!isMap(node)) return;
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const name = textOf(pair.key) ?? '?';
      if (node === root && name === 'sops') continue;
      const path = to.ids.child(place.path, name);
      const leave = place.leave || name.endsWith('_unencrypted');
      visit(pair.value, { path, name, leave });
    }
  };
  visit(root, { path: PathIds.root, name: '', leave: false });
}
