import { ByteLru } from '../../git/byteLru';
import { Composer, Lexer, Parser, type ParsedNode } from 'yaml';

/** Levels of nesting; schemas inside CustomResourceDefinitions reach about 60. Reading recurses, so that this guards the stack. */
export const MAX_DEPTH = 200;
/** Characters of one document. Reading blocks the process for about 1 ms per KB in the worst case. */
export const MAX_DOCUMENT_LENGTH = 1024 * 1024;
/** What YAML forbids in a stream; the lexer also uses some of it for its own marks, and would lose its place. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|(?!^)\ufeff/;
const ERROR_LIMIT = 50;

/** Where one document of a stream is, its `---` line included. */
export interface DocumentChunk {
  /** From 0. */
  index: number;
  text: string;
  /** Of `text` in the file. */
  start: number;
  /** Of what stands after `---`, in `text`. */
  contentStart: number;
  /** Of what stands before the last line break, in `text`. */
  contentEnd: number;
}

export interface DocumentError {
  code: string;
  /** In the chunk's text. */
  offset: number;
}

export interface ParsedChunk {
  /** More than one only where a stream ends documents with `...`. Positions are those of the chunk's text. */
  roots: ParsedNode[];
  /** What is wrong; then the roots are not to be trusted. At most 50. */
  errors: DocumentError[];
  /** `[start, end]` in the chunk's text; includes those behind the header of a block scalar. */
  comments: Array<[number, number]>;
}

/**
 * Splits a stream at its `---` lines, which YAML allows nowhere else: a broken document cannot swallow the next one.
 */
export function splitDocuments(text: string): DocumentChunk[] {
  const starts = [0];
  // A directive belongs to the document after it: then the stream stays in one piece.
  if (!/^(?:\ufeff)?%/m.test(text)) {
    for (const { index } of text.matchAll(/^---(?=[ \t\r\n]|$)/gm)) {
      const before = text.slice(starts.at(-1), index);
      const empty = starts.length === 1 && isBlank(before);
      if (index > 0 && !empty) starts.push(index);
    }
  }
  return starts.map((start, index) => {
    const chunk = text.slice(start, starts[index + 1] ?? text.length);
    const opening =
      /^\ufeff?(?:(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*---(?:[ \t]*\r?\n|[ \t]+|$))?/.exec(
        chunk,
      );
    const contentStart = opening?.[0].length ?? 0;
    const closing = /(?:\r?\n)?$/.exec(chunk.slice(-2));
    const contentEnd = chunk.length - (closing?.[0].length ?? 0);
    return {
      index,
      text: chunk,
      start,
      contentStart,
      contentEnd: Math.max(contentStart, contentEnd),
    };
  });
}

/** One file is looked at in many ways, one right after the other; nodes take tens of times the room of their text. */
const parsed = new ByteLru<string, { chunk: ParsedChunk; length: number }>(
  512 * 1024,
  ({ length }) => length,
);

/**
 * Reads one chunk as plain text nodes, which are not to be changed: no type of a scalar is resolved, no alias expanded, no key compared with another. Takes time
 * in proportion to its length.
 */
export function parseChunk(text: string): ParsedChunk {
  if (text.length > MAX_DOCUMENT_LENGTH) return failed('tooLarge', 0);
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) return failed('controlCharacter', forbidden.index);

  const known = parsed.get(text);
  if (known) return known.chunk;
  const chunk = withoutStackTraces(() => compose(text));
  parsed.set(text, { chunk, length: text.length });
  return chunk;
}

function failed(code: string, offset: number): ParsedChunk {
  return { roots: [], errors: [{ code, offset }], comments: [] };
}

/** The parser makes an error object for each mistake, and a broken file can have one for every byte: the traces are most of the cost. */
function withoutStackTraces<T>(read: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function compose(text: string): ParsedChunk {
  const parser = new Parser();
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents = [];
  const comments: ParsedChunk['comments'] = [];
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!inScalar && lexeme.startsWith('#')) {
      comments.push([parser.offset, parser.offset + lexeme.length]);
    }
    inScalar = lexeme === '\u001f';
    for (const token of parser.next(lexeme)) {
      documents.push(...composer.next(token));
    }
    if (parser.stack.length > MAX_DEPTH) {
      return failed('tooDeep', parser.offset);
    }
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));

  const roots: ParsedNode[] = [];
  const errors: DocumentError[] = [];
  for (const document of documents) {
    if (document.contents) roots.push(document.contents as ParsedNode);
    for (const { code, pos } of document.errors.slice(0, ERROR_LIMIT)) {
      if (errors.length < ERROR_LIMIT) errors.push({ code, offset: pos[0] });
    }
  }
  return { roots, errors, comments };
}

function isBlank(text: string): boolean {
  return /^\ufeff?(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*$/.test(text);
}
