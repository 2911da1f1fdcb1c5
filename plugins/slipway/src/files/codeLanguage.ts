import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';

/** How a file of this name is highlighted. */
export function languageOf(path: string): Extension {
  if (/\.ya?ml$/i.test(path)) {
    return yaml();
  }
  return /\.json$/i.test(path) ? json() : [];
}
