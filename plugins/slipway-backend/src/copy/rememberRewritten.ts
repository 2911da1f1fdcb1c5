import { objectsOf, rememberObjects } from '../manifests/checks';
import type { CompiledRule, ValuePlace } from './rewrite';

/**
 * Says what objects a rewritten manifest describes, so that nobody has to read it for that: rules change what an object is called
 * and where, never what it is or on which line. What is in lists, and what the target has a say in, is left to be read.
 */
export function rememberRewritten(
  path: string,
  { from, to }: { from: string; to: string },
  rules: readonly CompiledRule[],
): void {
  if (rules.some(rule => rule.keeps) || /\bitems["']?\s*:/.test(from)) return;
  const objects = objectsOf(from, path).map(object => {
    const { kind, name } = object;
    const inMetadata = (key: string, value: string) => {
      const place: ValuePlace = {
        key,
        parent: 'metadata',
        kind,
        name,
        path: () => `metadata.${key}`,
      };
      return rules.reduce((was, rule) => rule.apply(was, place), value);
    };
    return {
      ...object,
      name: inMetadata('name', name),
      ...(object.namespace && {
        namespace: inMetadata('namespace', object.namespace),
      }),
    };
  });
  rememberObjects(to, objects);
}
