/**
 * Numbers for paths, equal where the paths are. A path is a parent's number and one step, so that long keys deep down cost no more
 * than they are long.
 */
export class PathIds {
  readonly #ids = new Map<string, number>();

  static readonly root = 0;

  child(parent: number, step: string): number {
    const path = `${parent}:${step}`;
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    this.#ids.set(path, id);
    return id;
  }
}
