import { isFields } from '@slipway/backstage-plugin-slipway-node';
import { pathSegment } from '../../manifests/yaml/valuePaths';
import { matchItems } from './lists';
import { isAmount, quantityOf } from './quantity';

/** A field of a map, or an item of a list as the cluster has it. */
export type Step = { field: string } | { item: string; live?: unknown };

export interface DeclaredDifference {
  steps: readonly Step[];
  /** As `spec.containers[web].image`. */
  path: string;
  /** Absent where there is none. */
  live?: unknown;
  desired?: unknown;
}

export interface CompareDeclaredOptions {
  live: unknown;
  desired: unknown;
  /** What was declared before, which is removed where it no longer is. */
  before?: unknown;
  /** Of one of Kubernetes' own kinds, whose lists are known. */
  builtin: boolean;
}

const MAX_DIFFERENCES = 500;
const MAX_DEPTH = 120;

/** Maps of texts: an empty one there is kept by API servers, where they forget other empty values. */
const TEXT_MAPS = new Set(['data', 'binaryData', 'labels', 'annotations']);

class Walk {
  readonly found: DeclaredDifference[] = [];
  readonly #builtin: boolean;

  constructor(builtin: boolean) {
    this.#builtin = builtin;
  }

  visit(
    live: unknown,
    desired: unknown,
    before: unknown,
    steps: readonly Step[],
  ): void {
    if (this.found.length >= MAX_DIFFERENCES || steps.length > MAX_DEPTH) {
      return;
    }
    if (desired === undefined) this.#removed(live, before, steps);
    else if (isFields(desired)) this.#map(live, desired, before, steps);
    else if (Array.isArray(desired)) this.#list(live, desired, before, steps);
    else if (!isSameScalar(live, desired, steps)) {
      this.#add(steps, live, desired);
    }
  }

  /** Fields that were declared go; what others added to the same map stays. */
  #removed(live: unknown, before: unknown, steps: readonly Step[]): void {
    if (live === undefined || before === undefined || before === null) return;
    if (isFields(live) && isFields(before)) {
      for (const field of Object.keys(before)) {
        this.visit(own(live, field), undefined, before[field], [
          ...steps,
          { field },
        ]);
      }
      return;
    }
    this.#add(steps, live, undefined);
  }

  #map(
    live: unknown,
    desired: Record<string, unknown>,
    before: unknown,
    steps: readonly Step[],
  ): void {
    if (live !== undefined && live !== null && !isFields(live)) {
      this.#add(steps, live, desired);
      return;
    }
    const fields = new Set([
      ...Object.keys(desired),
      ...(isFields(before) ? Object.keys(before) : []),
    ]);
    for (const field of fields) {
      this.visit(own(live, field), own(desired, field), own(before, field), [
        ...steps,
        { field },
      ]);
    }
  }

  #list(
    live: unknown,
    desired: unknown[],
    before: unknown,
    steps: readonly Step[],
  ): void {
    if (!Array.isArray(live)) {
      const nothing = live === undefined || live === null;
      if (!nothing || desired.length > 0) this.#add(steps, live, desired);
      return;
    }
    const last = steps.at(-1);
    const { label, shared } = matchItems(
      last && 'field' in last ? last.field : undefined,
      [live, desired],
      this.#builtin,
    );
    const byLabel = (list: unknown) =>
      new Map(
        (Array.isArray(list) ? list : []).map((item, index) => [
          labelOf(label, item, index),
          item,
        ]),
      );
    const [present, earlier] = [byLabel(live), byLabel(before)];
    const declared = byLabel(desired);
    for (const [item, value] of declared) {
      const there = present.get(item);
      const step = { item, live: there };
      if (!present.has(item)) this.#add([...steps, step], undefined, value);
      else this.visit(there, value, earlier.get(item), [...steps, step]);
    }
    for (const [item, there] of present) {
      if (declared.has(item) || (shared && !earlier.has(item))) continue;
      this.#add([...steps, { item, live: there }], there, undefined);
    }
  }

  #add(steps: readonly Step[], live: unknown, desired: unknown): void {
    if (this.found.length >= MAX_DIFFERENCES) return;
    this.found.push({ steps, path: pathOf(steps), live, desired });
  }
}

/**
 * Where a live object is not as it is declared. Only what is declared counts: what the API server, a controller or a person added to
 * it makes no difference, unless it was declared before and would be taken away. Values that an API server writes otherwise (amounts,
 * nothing for an empty value) are the same. At most 500.
 */
export function compareDeclared(
  options: CompareDeclaredOptions,
): DeclaredDifference[] {
  const walk = new Walk(options.builtin);
  walk.visit(options.live, options.desired, options.before, []);
  return walk.found;
}

function labelOf(
  label: (item: unknown, index: number) => string,
  item: unknown,
  index: number,
): string {
  return isFields(item) || typeof item !== 'object'
    ? label(item, index)
    : String(index);
}

function own(value: unknown, field: string): unknown {
  return isFields(value) && Object.hasOwn(value, field)
    ? value[field]
    : undefined;
}

function pathOf(steps: readonly Step[]): string {
  let path = '';
  for (const step of steps) {
    if ('item' in step) path += `[${step.item}]`;
    else path += `${path ? '.' : ''}${pathSegment(step.field)}`;
  }
  return path;
}

function isSameScalar(
  live: unknown,
  desired: unknown,
  steps: readonly Step[],
): boolean {
  if (live === desired || desired === null) return true;
  const fields = steps.flatMap(step => ('field' in step ? [step.field] : []));
  if (live === undefined || live === null) {
    const [map] = fields.slice(-2);
    return desired === false || (desired === '' && !TEXT_MAPS.has(map));
  }
  if (!isAmount(fields)) return false;
  const [one, other] = [quantityOf(live), quantityOf(desired)];
  return one !== undefined && one === other;
}
