import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { findSecrets } from '../masking/findSecrets';
import { PathIds } from '../masking/PathIds';
import { textFormat } from '../masking/textFormat';
import type { SecretSpan, WhollySecret } from '../masking/types';
import { FileFindings } from './FileFindings';

/**
 * What a config repo says about plain secret values in Git.
 *
 * @public
 */
export type PlainSecretPolicy = 'refuse' | 'warn' | 'allow';

/** What something else fills in later: Flux's substitution, plugins that look values up. */
const PLACEHOLDER =
  /^(?:\$\{[A-Za-z_]\w*\}|<path:[^<>\s]+>|ref\+[a-z]\w*:\/\/\S+)$/;

/**
 * Secret values that are new or changed and stand in Git as anyone can read them: `plainSecret` (`key`, `object`), and
 * `secretUnreadable` for a document that may be a Secret and cannot be read. A value that was there before, under the same object and
 * key, passes; so does what SOPS encrypted, what is empty, and what is a placeholder.
 *
 * @param options - `policy`: `refuse` makes errors, `warn` warnings, `allow` nothing
 * @public
 */
export function secretFindings(options: {
  path: string;
  text: string;
  before?: string;
  policy: PlainSecretPolicy;
}): Finding[] {
  const { path, text, before = '', policy } = options;
  if (policy === 'allow' || text === before) return [];
  const ids = new PathIds();
  const valuesIn = (from: string) => plainSecrets({ path, text: from, ids });
  const present = valuesIn(text);
  if (present.length === 0) return [];
  const known = new Set(valuesIn(before).map(nameOf));
  const findings = new FileFindings(path, text);
  const severity = policy === 'refuse' ? 'error' : 'warning';
  for (const span of present) {
    if (known.has(nameOf(span))) continue;
    if (span.form === 'document') {
      findings.add('secretUnreadable', {}, span.start, severity);
      continue;
    }
    const params = { key: span.name.slice(0, 100), object: span.object ?? '' };
    findings.add('plainSecret', params, span.start, severity);
  }
  return findings.list;
}

/** The secret values of a file that anyone can read who can read Git: neither encrypted, nor empty, nor placeholders. */
export function plainSecrets({
  path,
  text,
  ids = new PathIds(),
  wholly,
}: {
  path: string;
  text: string;
  ids?: PathIds;
  wholly?: WhollySecret;
}): SecretSpan[] {
  const format = textFormat(path, text);
  return findSecrets({ text, format, ids, wholly }).spans.filter(isPlain);
}

function isPlain({ value, form, encrypted }: SecretSpan): boolean {
  if (encrypted || form === 'comment') return false;
  return !/^(?:|~|null)$/i.test(value) && !PLACEHOLDER.test(value.trim());
}

function nameOf({ key, value }: SecretSpan): string {
  return `${key}:${value}`;
}
