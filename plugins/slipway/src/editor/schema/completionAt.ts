import type { Text } from '@codemirror/state';
import { ITEM, unquoted, type KubernetesPlace } from './keyAt';

/** Where somebody types in a YAML text. */
export interface CompletionPlace extends KubernetesPlace {
  /** A key of the object at `path`, or the value at `path`. */
  type: 'key' | 'value';
  /** Of what is typed so far. */
  from: number;
  /** Columns before the key that is typed, or that the value belongs to. */
  indent: number;
  /** Keys that the object has already. */
  present: ReadonlySet<string>;
  /** Whether a colon follows. */
  hasColon: boolean;
}

/** Lines that are looked at on either side. */
const MAX_LINES = 5000;

interface Line {
  /** Columns of the dashes in front. */
  dashes: number[];
  column: number;
  key?: string;
  /** What is behind the colon, without comments, anchors and tags. */
  value: string;
}

/**
 * What is typed at a position of a YAML text in block style, by its indentation, because a text that somebody types in seldom parses.
 * Nothing inside flow style, multi-line text and comments.
 */
export function completionAt(
  doc: Text,
  position: number,
): CompletionPlace | undefined {
  const line = doc.lineAt(position);
  const before = line.text.slice(0, position - line.from);
  const match = /^((?: *- +)* *)(?:([\w./"'-]+):[ \t]+)?(["']?[\w./-]*)$/.exec(
    before,
  );
  if (!match) return undefined;
  const [, lead, key, typed] = match;
  const column = lead.length;
  const above = readAbove(doc, line.number, {
    column,
    dashes: dashesIn(lead),
  });
  const object = objectOf(doc, line.number);
  if (!above || !object) return undefined;
  const type = key === undefined ? 'key' : 'value';
  return {
    ...object,
    type,
    path: key === undefined ? above.path : [...above.path, unquoted(key)],
    from: position - typed.length,
    indent: column,
    present: new Set([
      ...above.present,
      ...readBelow(doc, line.number, column),
    ]),
    hasColon: /^[\w./"'-]*\s*:/.test(line.text.slice(position - line.from)),
  };
}

/** Climbs the indentation. `undefined` inside something that is no block of YAML. */
function readAbove(
  doc: Text,
  number: number,
  start: { column: number; dashes: number[] },
): { path: string[]; present: string[] } | undefined {
  const path: string[] = [];
  const present: string[] = [];
  let { column } = start;
  /** A list may stand as far left as its key. */
  let inList = false;
  const climb = (dashes: number[]) => {
    for (const dash of [...dashes].reverse()) {
      if (dash >= column) continue;
      path.unshift(ITEM);
      column = dash;
      inList = true;
    }
  };
  climb(start.dashes);
  for (
    let at = number - 1;
    at > Math.max(0, number - MAX_LINES) &&
    (column > 0 || inList || path.length === 0);
    at -= 1
  ) {
    const { text } = doc.line(at);
    if (isMarker(text)) break;
    const line = parseLine(text);
    if (!line) continue;
    const { key, value } = line;
    if (line.column === column && path.length === 0 && key !== undefined) {
      present.push(key);
    } else if (line.column < column || (inList && line.column === column)) {
      if (line.column === column && line.dashes.length > 0) continue;
      // Text that goes on from above, or a value that cannot hold anything.
      if (key === undefined || value !== '') return undefined;
      path.unshift(key);
      column = line.column;
      inList = false;
    }
    climb(line.dashes);
  }
  return column === 0 && !inList ? { path, present } : undefined;
}

function* readBelow(
  doc: Text,
  number: number,
  column: number,
): Iterable<string> {
  const last = Math.min(doc.lines, number + MAX_LINES);
  for (let at = number + 1; at <= last; at += 1) {
    const { text } = doc.line(at);
    const line = isMarker(text) ? undefined : parseLine(text);
    if (isMarker(text)) return;
    if (!line) continue;
    if ((line.dashes[0] ?? line.column) < column) return;
    if (line.key !== undefined && line.column === column && !line.dashes[0]) {
      yield line.key;
    }
  }
}

/** What the document around a line says that it is. */
function objectOf(
  doc: Text,
  number: number,
): { apiVersion: string; kind: string } | undefined {
  const said = new Map<string, string>();
  const read = (text: string) => {
    const match = /^["']?(apiVersion|kind)["']?:\s+(\S+)/.exec(text);
    if (match && !said.has(match[1])) said.set(match[1], unquoted(match[2]));
  };
  for (let at = number; at > 0 && !isMarker(doc.line(at).text); at -= 1) {
    read(doc.line(at).text);
  }
  for (let at = number + 1; at <= doc.lines; at += 1) {
    const { text } = doc.line(at);
    if (isMarker(text) || said.size === 2) break;
    read(text);
  }
  const apiVersion = said.get('apiVersion');
  const kind = said.get('kind');
  return apiVersion && kind ? { apiVersion, kind } : undefined;
}

function isMarker(text: string): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text);
}

function parseLine(text: string): Line | undefined {
  const lead = /^(?: *- +)* */.exec(text)?.[0] ?? '';
  const rest = text.slice(lead.length);
  if (rest === '' || rest.startsWith('#')) return undefined;
  if (rest === '-') {
    const dashes = [...dashesIn(lead), lead.length];
    return { dashes, column: lead.length + 1, value: '' };
  }
  const pair =
    /^("[^"]*"|'[^']*'|[^\s#"'{[&*!|>%@`-][^:#]*?|-[^\s:]+)\s*:(?:\s+(.*))?$/.exec(
      rest,
    );
  const value = (pair?.[2] ?? '')
    .replace(/(?:^|\s)#.*$/, '')
    .replace(/^(?:[&!]\S*\s*)+/, '')
    .trim();
  return {
    dashes: dashesIn(lead),
    column: lead.length,
    key: pair ? unquoted(pair[1]) : undefined,
    value,
  };
}

function dashesIn(lead: string): number[] {
  return Array.from(lead.matchAll(/-/g), ({ index }) => index);
}
