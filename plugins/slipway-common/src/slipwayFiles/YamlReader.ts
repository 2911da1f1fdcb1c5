import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type ParsedNode,
} from 'yaml';
import type { JsonValue } from '@backstage/types';
import type { YamlFindings } from './YamlFindings';

/**
 * Levels of nesting, those that an alias leads to included.
 *
 * @internal
 */
export const MAX_DEPTH = 32;
/** Entries of one list or map. What compares each with every other, as a schema may, stays quick. */
const MAX_ITEMS = 2000;
/** Aliases, counted each time that one is followed: what makes the value bigger than the text. */
const MAX_ALIASES = 100;
/** Nodes read by following aliases, for the few that lead to much. */
const MAX_ALIASED_NODES = 10_000;

const CORE_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/**
 * Turns nodes into a value, and finds what YAML allows and Slipway does not.
 *
 * @internal
 */
export class YamlReader {
  readonly #document: Document.Parsed<ParsedNode>;
  readonly #findings: YamlFindings;
  #aliases = 0;
  #aliasedNodes = 0;
  /** How many aliases lead to the node that is being read. */
  #following = 0;

  constructor(document: Document.Parsed<ParsedNode>, findings: YamlFindings) {
    this.#document = document;
    this.#findings = findings;
  }

  read(): JsonValue {
    return this.#read(this.#document.contents, 0);
  }

  #read(node: unknown, depth: number): JsonValue {
    if (isAlias(node)) return this.#follow(node, depth);
    const at = startOf(node);
    if (this.#following > 0) this.#aliasedNodes += 1;
    if (depth > MAX_DEPTH) {
      this.#findings.addOnce('tooDeep', { levels: String(MAX_DEPTH) }, at);
      return null;
    }
    if (isScalar(node)) {
      this.#checkTag(node.tag, at);
      // JSON has no NaN and no infinity, and what is no JSON value no rule here would expect.
      return ['string', 'number', 'boolean'].includes(typeof node.value)
        ? (node.value as JsonValue)
        : null;
    }
    if ((isSeq(node) || isMap(node)) && node.items.length > MAX_ITEMS) {
      this.#findings.add('tooManyItems', { limit: String(MAX_ITEMS) }, at);
      return null;
    }
    if (isSeq(node)) {
      this.#checkTag(node.tag, at);
      return node.items.map(item => this.#read(item, depth + 1));
    }
    if (!isMap(node)) return null;
    this.#checkTag(node.tag, at);
    const value: Record<string, JsonValue> = {};
    const lines = new Map<string, number>();
    for (const pair of node.items) {
      const keyAt = startOf(pair.key);
      const key = keyText(pair.key);
      if (key === undefined) {
        this.#findings.add('keyNotText', {}, keyAt ?? at);
        continue;
      }
      const first = lines.get(key);
      if (first !== undefined) {
        const params = { key: key.slice(0, 100), firstLine: String(first) };
        this.#findings.add('duplicateKey', params, keyAt);
        continue;
      }
      lines.set(key, this.#findings.lineOf(keyAt ?? 0));
      // Plain assignment would set the prototype where a key is named so.
      Object.defineProperty(value, key, {
        value: this.#read(pair.value, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return value;
  }

  #follow(alias: Alias, depth: number): JsonValue {
    this.#aliases += 1;
    const tooMany =
      this.#aliases > MAX_ALIASES || this.#aliasedNodes > MAX_ALIASED_NODES;
    if (tooMany) {
      const params = { limit: String(MAX_ALIASES) };
      this.#findings.addOnce('tooManyAliases', params, startOf(alias));
      return null;
    }
    const target = alias.resolve(this.#document);
    if (!target) {
      const name = alias.source.slice(0, 100);
      this.#findings.add('aliasUnknown', { name }, startOf(alias));
      return null;
    }
    this.#following += 1;
    const value = this.#read(target, depth + 1);
    this.#following -= 1;
    return value;
  }

  #checkTag(tag: string | undefined, at: number | undefined) {
    if (tag === undefined || CORE_TAG.test(tag)) return;
    this.#findings.add('customTag', { tag: tag.slice(0, 100) }, at);
  }
}

/**
 * @internal
 */
export function keyText(key: unknown): string | undefined {
  return isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
}

/**
 * Offset of a node in the text.
 *
 * @internal
 */
export function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  return 'range' in node && Array.isArray(node.range)
    ? node.range[0]
    : undefined;
}
