import {
  parseChunk,
  splitDocuments,
  type DocumentChunk,
} from '../yaml/documents';
import type { Range } from '../yaml/ranges';
import { documentSecrets } from './documentSecrets';
import { linesSecrets } from './linesSecrets';
import { mayHoldSecrets, mightBeSecret } from './markers';
import { PathIds } from './PathIds';
import { findTokens, tokenNumber } from './tokens';
import type { SecretSpan, TextFormat, WhollySecret } from './types';
import { whollySecrets } from './whollySecrets';

/** Characters of one file that are read for masking; what might be secret behind that is withheld. */
const MAX_LENGTH = 4 * 1024 * 1024;

export interface FoundSecrets {
  /** In order, none inside another. */
  spans: SecretSpan[];
  /** Documents that could not be read, whether or not they might be secret. */
  unreadable: Range[];
}

/**
 * Every secret value of a text, with where it is.
 *
 * @param options - `withTokens`: also what already is a token, wherever it stands, as in an edited text; `wholly`: nothing of it is to
 *   be seen, whatever it looks like
 */
export function findSecrets(options: {
  text: string;
  format: TextFormat;
  ids: PathIds;
  withTokens?: boolean;
  wholly?: WhollySecret;
}): FoundSecrets {
  const { text, format, ids, withTokens = false, wholly } = options;
  const found: FoundSecrets = { spans: [], unreadable: [] };
  if (wholly) {
    const spans = whollySecrets({ text, wholly, ids, withTokens });
    return { ...found, spans };
  }
  const wanted = (part: string) =>
    mayHoldSecrets(part) || (withTokens && findTokens(part).length > 0);
  if (!wanted(text)) return found;
  if (format === 'text') {
    return { ...found, spans: linesSecrets(text, ids, withTokens) };
  }
  const withheld = ids.child(PathIds.root, 'document');
  let length = 0;
  for (const chunk of splitDocuments(text)) {
    if (!wanted(chunk.text)) continue;
    const token = withTokens ? onlyToken(chunk, withheld) : undefined;
    if (token) {
      found.spans.push(token);
      continue;
    }
    length += chunk.text.length;
    const parsed = length <= MAX_LENGTH ? parseChunk(chunk.text) : undefined;
    if (parsed && parsed.errors.length === 0) {
      for (const span of documentSecrets(chunk, parsed, ids, withTokens)) {
        found.spans.push(span);
      }
      continue;
    }
    const start = chunk.start + chunk.contentStart;
    const end = chunk.start + chunk.contentEnd;
    found.unreadable.push([chunk.start, chunk.start + chunk.text.length]);
    if (end > start && mightBeSecret(chunk.text)) {
      const value = text.slice(start, end);
      found.spans.push({
        start,
        end,
        key: withheld,
        value,
        form: 'document',
        name: '',
      });
    }
  }
  return found;
}

/** A document that is a token and nothing else stands for one that was withheld. */
function onlyToken(chunk: DocumentChunk, key: number): SecretSpan | undefined {
  const content = chunk.text.slice(chunk.contentStart, chunk.contentEnd);
  const value = content.trim();
  if (tokenNumber(value) === undefined) return undefined;
  const start = chunk.start + chunk.contentStart + content.indexOf(value);
  const end = start + value.length;
  return { start, end, key, value, form: 'document', name: '' };
}
