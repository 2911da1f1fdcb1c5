import { isSops } from './markers';
import { PathIds } from './PathIds';
import { findTokens } from './tokens';
import type { SecretSpan } from './types';

/** Names of SOPS metadata in files of lines, which hold an encrypted data key. */
const DATA_KEY = /(?:^|__)(?:map_)?enc$/;

/**
 * Secret values of a file of lines, such as dotenv and INI files of SOPS. Where one stands is its section and the name before the
 * equals sign.
 */
export function linesSecrets(
  text: string,
  ids: PathIds,
  withTokens: boolean,
): SecretSpan[] {
  const sops = isSops(text);
  if (!sops && !withTokens) return [];
  const spans: SecretSpan[] = [];
  let section = PathIds.root;
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const [content] = line;
    if (/^\s*\[[^\]]*\]\s*$/.test(content)) {
      section = ids.child(PathIds.root, content.trim());
      continue;
    }
    const name = /^\s*[#;]/.test(content)
      ? '#'
      : /^([^=]*)=/.exec(content)?.[1].trim() ?? '';
    const key = ids.child(section, name.slice(0, 1000));
    const add = (at: number, length: number) => {
      const start = line.index + at;
      const value = text.slice(start, start + length);
      const known = spans.at(-1);
      if (length === 0 || (known && known.end > start)) return;
      const end = start + length;
      spans.push({
        start,
        end,
        key,
        value,
        form: 'comment',
        name,
        encrypted: true,
      });
    };
    const rest = /^[^=]*=[ \t]*(\S.*)$/.exec(content)?.[1];
    if (sops && rest && DATA_KEY.test(name)) {
      add(content.length - rest.length, rest.length);
      continue;
    }
    for (const found of content.matchAll(/ENC\[[^\]]*\]?/g)) {
      add(found.index, found[0].length);
    }
    if (withTokens) {
      for (const found of findTokens(content)) add(found.at, found.text.length);
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}
