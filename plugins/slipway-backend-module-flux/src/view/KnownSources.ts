import {
  type EngineSource,
  type Fields,
  fields,
} from '@slipway/backstage-plugin-slipway-node';
import type { ObjectId } from './types';

/**
 * Where engine objects read from by the last word on it. A source that is gone, or that may not be read any more, takes the URL with
 * it; what was delivered from there is still the same module.
 */
export class KnownSources {
  readonly #known = new Map<
    ObjectId,
    { spec: string; sources: EngineSource[] }
  >();

  static create(): KnownSources {
    return new KnownSources();
  }

  private constructor() {}

  /** The sources of an object as it is now, or else those of before, while its spec is the same. */
  remember(
    id: ObjectId,
    object: Fields,
    sources: EngineSource[],
  ): EngineSource[] {
    const { uid, generation } = fields(object.metadata);
    const spec = JSON.stringify([uid, generation]);
    if (sources.length > 0) {
      this.#known.set(id, { spec, sources });
      return sources;
    }
    const known = this.#known.get(id);
    return known?.spec === spec ? known.sources : [];
  }

  forget(id: ObjectId): void {
    this.#known.delete(id);
  }
}
