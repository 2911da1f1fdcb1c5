import { isMap, isNode, isSeq, type YAMLMap } from 'yaml';
import type { Finding } from '../../schema/openapi/generated/models';
import { follow, getValue, textOf, type AliasTargets } from '../yaml/nodes';
import type { ValueBudget } from '../yaml/ValueBudget';
import { fieldPath } from './fieldPath';
import type { FlatSchema } from './FlatSchema';
import { nearest } from './nearest';
import { scalarProblem, wrongType } from './scalarProblem';
import { scalarValue } from './scalarValue';

type Path = ReadonlyArray<string | number>;

/** One field of a map: its own, or merged into it. */
interface Field {
  name: string;
  key: unknown;
  value: unknown;
}

/** A finding that does not yet know its line. */
export type FoundAt = Pick<Finding, 'severity' | 'code' | 'params'> & {
  offset: number;
  /** The last step of its path: what aliases lead to has several paths, but one name. */
  name?: string | number;
};

export interface SchemaWalkOptions {
  targets: AliasTargets;
  /** Without what must be there: for patches. */
  partial: boolean;
  /** Of all objects that are walked for one answer. */
  budget: ValueBudget;
  /** Returns false once there are enough. */
  report(found: FoundAt): boolean;
}

const MAX_DEPTH = 200;
/** Directives of strategic merge patches. */
const PATCH_DIRECTIVE =
  /^\$(?:patch|retainKeys|setElementOrder\/|deleteFromPrimitiveList\/)/;

/** Holds the nodes of one object against its schema. */
export class SchemaWalk {
  readonly #options: SchemaWalkOptions;
  #isDone = false;

  constructor(options: SchemaWalkOptions) {
    this.#options = options;
  }

  /** @param root - where the object begins in its document; `items[0]` of a list */
  object(node: YAMLMap, schema: FlatSchema, root: Path): void {
    if (!schema.types?.includes('object')) {
      return;
    }
    this.#map({
      node,
      schema,
      path: root,
      offset: offsetOf(node),
      isRoot: true,
      complete: !this.#options.partial,
    });
  }

  #value(options: {
    node: unknown;
    schema: FlatSchema;
    path: Path;
    /** Of the key, for values that have no place of their own. */
    offset: number;
    complete: boolean;
  }): void {
    const { schema, path, complete } = options;
    const node = follow(options.node, this.#options.targets);
    if (!this.#goesOn(textOf(node)?.length) || path.length > MAX_DEPTH) {
      return;
    }
    // Where it is written, not where an alias leads.
    const offset = offsetOf(options.node) ?? options.offset;
    const { types } = schema;
    if (isMap(node)) {
      if (types && !types.includes('object')) {
        this.#report(path, offset, wrongType(types, 'object'));
      } else if (types) {
        this.#map({ node, schema, path, offset, complete, isRoot: false });
      }
    } else if (isSeq(node)) {
      if (types && !types.includes('array')) {
        this.#report(path, offset, wrongType(types, 'array'));
      } else if (schema.items) {
        const { items } = schema;
        node.items.forEach((item, index) =>
          this.#value({
            node: item,
            schema: items,
            path: [...path, index],
            offset,
            complete,
          }),
        );
      }
    } else {
      const value = scalarValue(node);
      const problem = value && scalarProblem(value, schema);
      if (problem) {
        this.#report(path, offset, problem);
      }
    }
  }

  #map(options: {
    node: YAMLMap;
    schema: FlatSchema;
    path: Path;
    offset: number | undefined;
    isRoot: boolean;
    complete: boolean;
  }): void {
    const { node, schema, path, isRoot } = options;
    const offset = options.offset ?? 0;
    const fields = this.#fieldsOf(node, 0);
    const removes = fields.some(({ name }) => name === '$patch');
    for (const { name, key, value } of fields) {
      if (this.#options.partial && PATCH_DIRECTIVE.test(name)) {
        continue;
      }
      const here = [...path, name];
      const at = offsetOf(key) ?? offset;
      const known = schema.property(name);
      const next = known ?? schema.additional(name);
      if (next === undefined) {
        const isOwn = ['apiVersion', 'kind'].includes(name);
        if (!(isRoot && (isOwn || this.#isSopsMetadata(path, name, value)))) {
          this.#unknown(here, at, name, schema);
        }
      } else if (next !== 'any') {
        // A status says how it is; nothing of it is asked for.
        const complete = options.complete && !(isRoot && name === 'status');
        this.#value({
          node: value,
          schema: next,
          path: here,
          offset: at,
          complete,
        });
      }
    }
    if (options.complete && !removes) {
      this.#missing(fields, schema, path, offset);
    }
  }

  /**
   * What SOPS adds to each document that it encrypts, and takes away before a cluster sees it.
   *
   * @see https://github.com/getsops/sops#encryption-protocol
   */
  #isSopsMetadata(root: Path, name: string, value: unknown): boolean {
    const { targets } = this.#options;
    const mac = getValue(follow(value, targets), 'mac', targets);
    // An item of a list is no document.
    return root.length === 0 && name === 'sops' && textOf(mac) !== undefined;
  }

  #missing(
    fields: readonly Field[],
    schema: FlatSchema,
    path: Path,
    offset: number,
  ): void {
    const { targets } = this.#options;
    for (const name of new Set(schema.required)) {
      const field = fields.find(candidate => candidate.name === name);
      const wanted = schema.property(name);
      const nothing =
        wanted?.nullIsNothing &&
        scalarValue(follow(field?.value, targets))?.type === 'null';
      if ((!field || nothing) && !wanted?.fillsIn) {
        this.#report([...path, name], offset, {
          severity: 'error',
          code: 'missingField',
          params: {},
        });
      }
    }
  }

  #unknown(path: Path, offset: number, name: string, schema: FlatSchema) {
    const like = nearest(name, schema.propertyNames);
    this.#report(path, offset, {
      severity: 'error',
      code: like ? 'unknownFieldLike' : 'unknownField',
      params: like ? { like } : {},
    });
  }

  /** Own fields, the last of each name, then those that `<<` merges in. */
  #fieldsOf(map: YAMLMap, depth: number): Field[] {
    const { targets } = this.#options;
    const fields = new Map<string, Field>();
    const merged: Field[] = [];
    for (const { key, value } of map.items) {
      if (!this.#goesOn()) {
        break;
      }
      const name = textOf(follow(key, targets));
      if (name === '<<' && depth < 20) {
        const source = follow(value, targets);
        // A long list may be merged by any number of maps.
        if (isSeq(source) && !this.#goesOn(source.items.length)) {
          break;
        }
        const maps = isSeq(source)
          ? source.items.map(item => follow(item, targets))
          : [source];
        merged.push(
          ...maps
            .filter(isMap)
            .flatMap(inner => this.#fieldsOf(inner, depth + 1)),
        );
      } else if (name !== undefined) {
        fields.set(name, { name, key, value });
      }
    }
    for (const field of merged) {
      if (!fields.has(field.name)) {
        fields.set(field.name, field);
      }
    }
    return [...fields.values()];
  }

  #report(
    path: Path,
    offset: number,
    { severity, code, params }: Omit<FoundAt, 'offset'>,
  ): void {
    if (this.#isDone) {
      return;
    }
    const more = this.#options.report({
      severity,
      code,
      params: { field: fieldPath(path), ...params },
      offset,
      name: path.at(-1),
    });
    this.#isDone = !more;
  }

  /** Whether one more node, of some length, is to be looked at. */
  #goesOn(length = 0): boolean {
    this.#isDone ||= !this.#options.budget.take(1, length);
    return !this.#isDone;
  }
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) && node.range ? node.range[0] : undefined;
}
