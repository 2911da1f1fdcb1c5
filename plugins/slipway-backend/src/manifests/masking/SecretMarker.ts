import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import {
  follow,
  getValue,
  textOf,
  valuesOf,
  type AliasTargets,
} from '../yaml/nodes';
import { isSecretText } from './markers';

/** `part`: what follows the first equals sign, as in a generator's literals. */
export type Mark = 'whole' | 'part';

/** Fields of a Secret that hold no value. Any other is taken for a misspelt one that does. */
const HARMLESS = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'type',
  'immutable',
  '$patch',
  '<<',
]);
/** Annotations that hold the whole object as it was applied. */
const COPIES = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'objectset.rio.cattle.io/applied',
  'kapp.k14s.io/original',
]);

/**
 * Finds the scalars of one document that hold secret values, wherever they are defined: what an alias or a merge key brings into a
 * Secret is marked where it stands. Each node is looked at once for each role, however often it is referred to.
 */
export class SecretMarker {
  readonly marks = new Map<Scalar, Mark>();
  /** Maps that are Secrets. */
  readonly secrets = new Set<YAMLMap>();
  readonly #targets: AliasTargets;
  readonly #kinds = new Map<YAMLMap, Set<string>>();
  readonly #marked = new Set<unknown>();
  readonly #merged = new Set<YAMLMap>();

  private constructor(targets: AliasTargets) {
    this.#targets = targets;
  }

  static mark(root: unknown, targets: AliasTargets): SecretMarker {
    const marker = new SecretMarker(targets);
    marker.#visit(root);
    if (isMap(root)) {
      for (const sops of valuesOf(root, 'sops', targets)) {
        marker.#markSops(follow(sops, targets));
      }
    }
    return marker;
  }

  #visit(node: unknown) {
    if (isMap(node)) this.#visitMap(node);
    if (!isMap(node) && !isSeq(node)) return;
    for (const item of node.items) {
      if (isPair(item)) {
        this.#visit(item.key);
        this.#visit(item.value);
      } else this.#visit(item);
    }
  }

  #visitMap(map: YAMLMap) {
    const kinds = this.#kindsOf(map);
    if (kinds.has('secret')) this.#markSecret(map);
    if (kinds.has('secretlist')) {
      for (const item of this.#itemsOf(map, 'items')) {
        if (isMap(item)) this.#markSecret(item);
      }
    }
    if (kinds.has('secretgenerator')) this.#markLiterals(map);
    for (const generator of this.#itemsOf(map, 'secretGenerator')) {
      if (isMap(generator)) this.#markLiterals(generator);
    }
    for (const patch of this.#itemsOf(map, 'patchesStrategicMerge')) {
      if (isSecretText(textOf(patch) ?? '')) this.#markAll(patch);
    }
    this.#markPatch(map);
  }

  /** In lower case, those that merge keys bring included. */
  #kindsOf(map: YAMLMap): Set<string> {
    const known = this.#kinds.get(map);
    if (known) return known;
    const kinds = new Set<string>();
    // Before the merged maps are looked at, since those may lead back here.
    this.#kinds.set(map, kinds);
    for (const value of valuesOf(map, 'kind', this.#targets)) {
      const kind = textOf(follow(value, this.#targets))?.trim().toLowerCase();
      // Others are of no interest, and would be copied into each map that merges this one.
      if (kind?.startsWith('secret') && kind.length <= 15) kinds.add(kind);
    }
    for (const merged of this.#mergedInto(map)) {
      for (const kind of this.#kindsOf(merged)) kinds.add(kind);
    }
    return kinds;
  }

  #mergedInto(map: YAMLMap): YAMLMap[] {
    return this.#itemsOf(map, '<<').filter(node => isMap(node));
  }

  /** A list's items, or the one thing that is there instead of a list; aliases are followed. */
  #itemsOf(map: YAMLMap, key: string): unknown[] {
    return valuesOf(map, key, this.#targets).flatMap(value => {
      const node = follow(value, this.#targets);
      const items = isSeq(node) ? node.items : [node];
      return items.map(item => follow(item, this.#targets));
    });
  }

  #markSecret(map: YAMLMap) {
    if (this.#merged.has(map)) return;
    this.#merged.add(map);
    this.secrets.add(map);
    const isObject = isMap(getValue(map, 'metadata', this.#targets));
    for (const { key, value } of map.items) {
      const name = textOf(follow(key, this.#targets)) ?? '';
      const isData = /^(?:data|stringdata)$/i.test(name);
      if (isData || (isObject && !HARMLESS.has(name))) this.#markAll(value);
      if (name === 'metadata') this.#markCopies(value);
    }
    for (const merged of this.#mergedInto(map)) this.#markSecret(merged);
  }

  #markCopies(metadata: unknown) {
    const node = follow(metadata, this.#targets);
    if (!isMap(node)) return;
    for (const annotations of this.#itemsOf(node, 'annotations')) {
      if (!isMap(annotations)) continue;
      for (const { key, value } of annotations.items) {
        const name = textOf(follow(key, this.#targets)) ?? '';
        if (COPIES.has(name)) this.#markAll(value);
      }
    }
  }

  #markLiterals(generator: YAMLMap) {
    for (const literal of this.#itemsOf(generator, 'literals')) {
      if (isScalar(literal)) this.marks.set(literal, 'part');
      else this.#markAll(literal);
    }
  }

  /** Of a Kustomization: a patch inside it, as YAML or JSON in a scalar. */
  #markPatch(map: YAMLMap) {
    const patches = valuesOf(map, 'patch', this.#targets);
    if (patches.length > 0) {
      const target = getValue(map, 'target', this.#targets);
      const kind = textOf(getValue(target, 'kind', this.#targets));
      for (const patch of patches) {
        const text = textOf(follow(patch, this.#targets)) ?? '';
        if (kind?.toLowerCase() === 'secret' || isSecretText(text)) {
          this.#markAll(patch);
        }
      }
    }
    // An operation of a JSON patch: only a Secret has this field.
    const path = textOf(getValue(map, 'path', this.#targets));
    if (path?.startsWith('/stringData')) {
      for (const value of valuesOf(map, 'value', this.#targets)) {
        this.#markAll(value);
      }
    }
  }

  #markSops(node: unknown) {
    if (!isMap(node) && !isSeq(node)) return;
    for (const item of node.items) {
      if (!isPair(item)) {
        this.#markSops(item);
        continue;
      }
      const name = textOf(item.key);
      if (name === 'mac' || name === 'enc') this.#markAll(item.value);
      else this.#markSops(item.value);
    }
  }

  /** Every scalar below, but for keys. */
  #markAll(node: unknown) {
    if (isAlias(node)) {
      this.#markAll(follow(node, this.#targets));
      return;
    }
    if (isScalar(node)) this.marks.set(node, 'whole');
    if ((!isMap(node) && !isSeq(node)) || this.#marked.has(node)) return;
    this.#marked.add(node);
    for (const item of node.items) {
      if (isPair(item)) {
        if (!isScalar(item.key)) this.#markAll(item.key);
        this.#markAll(item.value);
      } else this.#markAll(item);
    }
  }
}
