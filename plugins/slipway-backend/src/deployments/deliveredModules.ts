/** A module that an engine object carries, and the commit at which an operation delivered it. */
export interface Delivered {
  path: string;
  revision?: string;
}

/**
 * Of the modules that one engine object carries, those whose content an operation delivered: what differs from the delivery before.
 * An operation that found nothing new, such as one that mends drift, is about all that were there.
 *
 * @param previous - at which commit each module was delivered before
 * @param objectAt - id of a module's tree or file at a commit; undefined where it is not there
 */
export async function deliveredModules<T extends Delivered>(
  modules: readonly T[],
  previous: (module: T) => string | undefined,
  objectAt: (revision: string, path: string) => Promise<string | undefined>,
): Promise<T[]> {
  // A module's own Application delivers that module, whatever it brings.
  if (modules.length <= 1) return [...modules];
  const there: T[] = [];
  const changed: T[] = [];
  for (const module of modules) {
    const { revision, path } = module;
    if (revision === undefined) {
      there.push(module);
      continue;
    }
    const object = await objectAt(revision, path);
    const last = previous(module);
    const before = last === undefined ? undefined : await objectAt(last, path);
    if (object === undefined && before === undefined) continue;
    there.push(module);
    if (object !== before) changed.push(module);
  }
  return changed.length > 0 ? changed : there;
}
