import { isSecretText } from './markers';
import type { TextFormat } from './types';

/**
 * How a file is to be read. Names of manifests with something behind (`.yaml.tpl`, `.yml.bak`) count as manifests, and so does
 * anything that holds a Secret, unless it is prose, or lines of names and values.
 */
export function textFormat(path: string, text: string): TextFormat {
  if (/\.(?:ya?ml|json)(?:\.[\w-]+)*$/i.test(path)) return 'yaml';
  if (/\.(?:md|markdown|adoc|rst|env|ini|properties)$/i.test(path))
    return 'text';
  return isSecretText(text) ? 'yaml' : 'text';
}
