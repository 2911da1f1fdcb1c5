import { type Fields, fields } from '@slipway/backstage-plugin-slipway-node';
import { isOutdated, numberOf, problemsOf } from '../objects';
import type { ObjectId } from './types';

/**
 * Where sources read from when they last could. One that is pointed to where nothing can be read goes on to hold, and its readers to
 * deliver, what was read before.
 */
export class WorkingSources {
  readonly #working = new Map<ObjectId, { uid: unknown; place: Fields }>();

  static create(): WorkingSources {
    return new WorkingSources();
  }

  private constructor() {}

  /** A source as it was seen, with the place that what it holds was read from, as far as that is known. */
  put(id: ObjectId, source: Fields): Fields {
    const { uid } = fields(source.metadata);
    const { url, ref, bucketName, endpoint, insecure } = fields(source.spec);
    const known = this.#working.get(id);
    const { artifact, observedGeneration } = fields(source.status);
    const isRead =
      !isOutdated(source, numberOf(observedGeneration)) &&
      problemsOf(source).length === 0;
    if (isRead || known?.uid !== uid || artifact === undefined) {
      const place = { url, ref, bucketName, endpoint, insecure };
      this.#working.set(id, { uid, place });
      return source;
    }
    return { ...source, spec: { ...fields(source.spec), ...known?.place } };
  }

  forget(id: ObjectId): void {
    this.#working.delete(id);
  }
}
