import { KEY_AND_VALUE } from './documentSecrets';
import { isEncrypted } from './markers';
import { PathIds } from './PathIds';
import { findTokens } from './tokens';
import type { SecretSpan, WhollySecret } from './types';

/**
 * The spans of a file whose values are secret, whatever it looks like: each value of its lines, as Kustomize reads env files, or all of
 * it. Names and prose stay.
 */
export function whollySecrets(options: {
  text: string;
  wholly: WhollySecret;
  ids: PathIds;
  withTokens: boolean;
}): SecretSpan[] {
  const { text, wholly, ids, withTokens } = options;
  if (wholly === 'content') {
    const key = ids.child(PathIds.root, 'content');
    return spanOf(text, 0, text.length, { key, form: 'content', name: '' });
  }
  const spans: SecretSpan[] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const [content] = line;
    const comment = /^[\s\ufeff]*#+[ \t]*/.exec(content)?.[0];
    if (comment !== undefined) {
      const isSecret =
        KEY_AND_VALUE.test(content.trim()) ||
        content.includes('ENC[') ||
        (withTokens && findTokens(content).length > 0);
      if (!isSecret) continue;
    }
    // A line without a name might be what is left of a value.
    const named = /^[\s\ufeff]*([^=]*?)\s*=/.exec(content);
    const name = comment !== undefined ? '#' : named?.[1] ?? '';
    const before = comment ?? named?.[0] ?? '';
    const key = ids.child(PathIds.root, `=${name.slice(0, 1000)}`);
    const form = comment === undefined ? 'part' : 'comment';
    const start = line.index + before.length;
    const end = line.index + content.length;
    spans.push(...spanOf(text, start, end, { key, form, name }));
  }
  return spans;
}

/** Without the blanks around it. */
function spanOf(
  text: string,
  from: number,
  to: number,
  rest: Pick<SecretSpan, 'key' | 'form' | 'name'>,
): SecretSpan[] {
  const written = text.slice(from, to);
  const value = written.replace(/^[\s\ufeff]+/, '').trimEnd();
  if (value === '') return [];
  const start = from + written.indexOf(value);
  const encrypted = isEncrypted(value);
  const end = start + value.length;
  return [{ start, end, value, ...rest, ...(encrypted && { encrypted }) }];
}
