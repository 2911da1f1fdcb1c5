import {
  type EngineObject,
  fields,
  type Fields,
  message,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';

type Condition = EngineObject['conditions'][number];

/** Names an Application. */
export interface ApplicationName {
  namespace: string;
  name: string;
}

/** What was last said of who made an Application. */
export interface MadeApplication extends ApplicationName {
  /** The set that made it. */
  readonly set: string;
}

/**
 * What the ApplicationSets of a cluster cannot do, and which Applications they made: an Application says nothing of it itself, and goes
 * on as it was made last.
 */
export class ApplicationSets {
  /** By the set. */
  readonly #errors = new Map<string, Condition>();
  readonly #makers = new Map<string, MadeApplication>();
  #listed = new Set<string>();

  static create(): ApplicationSets {
    return new ApplicationSets();
  }

  private constructor() {}

  /** Remembers who made an Application, and adds what its maker cannot do to what it says. */
  join(object: EngineObject): EngineObject {
    const { namespace, name } = object.key;
    const set = makerOf(object);
    if (!set) {
      this.#makers.delete(idOf({ namespace, name }));
      return object;
    }
    this.#makers.set(idOf({ namespace, name }), { set, namespace, name });
    const error = this.#errors.get(set);
    return error
      ? { ...object, conditions: [...object.conditions, error] }
      : object;
  }

  /** Whether nothing was said of an Application since, neither what it is nor that it is gone. */
  isNewest(made: MadeApplication): boolean {
    return this.#makers.get(idOf(made)) === made;
  }

  forget(application: ApplicationName): void {
    this.#makers.delete(idOf(application));
  }

  forgetAll(): void {
    this.#makers.clear();
  }

  /** @returns the Applications that are told anew */
  page(
    sets: Fields[],
    { first, last }: { first: boolean; last: boolean },
  ): MadeApplication[] {
    if (first) this.#listed = new Set();
    const changed = sets.flatMap(set => {
      this.#listed.add(idOfObject(set));
      return this.put(set);
    });
    if (!last) return changed;
    const gone = [...this.#errors.keys()].filter(id => !this.#listed.has(id));
    return [...changed, ...gone.flatMap(id => this.#change(id, undefined))];
  }

  /** @returns the Applications that are told anew */
  put(set: Fields): MadeApplication[] {
    return this.#change(idOfObject(set), errorOf(set));
  }

  /** @returns the Applications that are told anew */
  remove(set: Fields): MadeApplication[] {
    return this.#change(idOfObject(set), undefined);
  }

  #change(set: string, error: Condition | undefined): MadeApplication[] {
    const before = this.#errors.get(set);
    if (before?.type === error?.type && before?.message === error?.message) {
      return [];
    }
    if (error) this.#errors.set(set, error);
    else this.#errors.delete(set);
    return [...this.#makers.values()].filter(made => made.set === set);
  }
}

function makerOf({ madeBy }: EngineObject): string | undefined {
  if (madeBy?.kind !== 'ApplicationSet') return undefined;
  const { namespace = '', name } = madeBy;
  return idOf({ namespace, name });
}

/** Its condition `ErrorOccurred`: a generator that fails, a template that cannot be rendered, names that come up twice. */
function errorOf(set: Fields): Condition | undefined {
  const error = rows(fields(set.status).conditions).find(
    ({ type, status }) => type === 'ErrorOccurred' && status === 'True',
  );
  const name = text(fields(set.metadata).name);
  return (
    error && {
      type: `ApplicationSet ${name}: ${text(error.reason) ?? 'ErrorOccurred'}`,
      message: message(error.message) ?? '',
      since: text(error.lastTransitionTime),
    }
  );
}

function idOfObject({ metadata }: Fields): string {
  const { namespace, name } = fields(metadata);
  return idOf({ namespace: text(namespace) ?? '', name: text(name) ?? '' });
}

function idOf({ namespace, name }: ApplicationName): string {
  return `${namespace}/${name}`;
}
