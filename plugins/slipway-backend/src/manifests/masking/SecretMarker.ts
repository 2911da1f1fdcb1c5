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

/** `part`: what follows the first equals sign, as in a generator's literals; `sops`: metadata that guards encrypted values. */
export type Mark = 'whole' | 'part' | 'sops';

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
/** Of a kind with blanks around it; beyond it there is none that matters. */
const MAX_KIND = 100;
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
  readonly #kinds = new Map<unknown, Set<string>>();
  readonly #marked = new Set<unknown>();
  /** Nodes that were read in a role, such as a list of literals; any number of aliases may lead to one. */
  readonly #done = new Map<string, Set<unknown>>();
  readonly #texts = new Map<unknown, boolean>();

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
      this.#eachOnce('Secret', map, 'items', item => this.#markSecret(item));
    }
    if (kinds.has('secretgenerator')) this.#markLiterals(map);
    this.#eachOnce('generator', map, 'secretGenerator', generator =>
      this.#markLiterals(generator),
    );
    this.#eachOnce('patch', map, 'patchesStrategicMerge', patch => {
      if (this.#isSecretText(patch)) this.#markAll(patch);
    });
    this.#markPatch(map);
  }

  /** In lower case, those that merge keys bring included; a list has those of its maps. */
  #kindsOf(node: unknown): Set<string> {
    const known = this.#kinds.get(node);
    if (known) return known;
    const kinds = new Set<string>();
    // Before the merged maps are looked at, since those may lead back here.
    this.#kinds.set(node, kinds);
    const merged: unknown[] = isSeq(node) ? [...node.items] : [];
    if (isMap(node)) {
      merged.push(...valuesOf(node, '<<', this.#targets));
      for (const value of valuesOf(node, 'kind', this.#targets)) {
        const text = textOf(follow(value, this.#targets));
        // Others are of no interest, and would be copied into each map that merges this one.
        if (text !== undefined && text.length <= MAX_KIND) {
          const kind = text.trim().toLowerCase();
          if (kind.startsWith('secret')) kinds.add(kind);
        }
      }
    }
    for (const item of merged) {
      for (const kind of this.#kindsOf(follow(item, this.#targets))) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** A list's items, or the one thing that is there instead of a list, each once for each role. */
  #eachOnce(
    role: string,
    node: unknown,
    key: string,
    use: (item: unknown) => void,
  ) {
    if (!isMap(node)) return;
    for (const value of valuesOf(node, key, this.#targets)) {
      const list = follow(value, this.#targets);
      if (!this.#isFirst(role, list)) continue;
      if (!isSeq(list)) {
        use(list);
        continue;
      }
      for (const item of list.items) {
        const target = follow(item, this.#targets);
        if (this.#isFirst(role, target)) use(target);
      }
    }
  }

  #isFirst(role: string, node: unknown): boolean {
    const done = this.#done.get(role) ?? new Set();
    this.#done.set(role, done);
    if (done.has(node)) return false;
    done.add(node);
    return true;
  }

  #markSecret(map: unknown) {
    if (!isMap(map) || this.secrets.has(map)) return;
    this.secrets.add(map);
    const isObject = isMap(getValue(map, 'metadata', this.#targets));
    for (const { key, value } of map.items) {
      const name = textOf(follow(key, this.#targets)) ?? '';
      const isData = /^(?:data|stringdata)$/i.test(name);
      if (isData || (isObject && !HARMLESS.has(name))) this.#markAll(value);
      if (name === 'metadata') this.#markCopies(value);
    }
    this.#eachOnce('merged', map, '<<', merged => this.#markSecret(merged));
  }

  #markCopies(metadata: unknown) {
    const node = follow(metadata, this.#targets);
    this.#eachOnce('annotations', node, 'annotations', annotations => {
      if (!isMap(annotations)) return;
      for (const { key, value } of annotations.items) {
        const name = textOf(follow(key, this.#targets)) ?? '';
        if (COPIES.has(name)) this.#markAll(value);
      }
    });
  }

  #markLiterals(generator: unknown) {
    this.#eachOnce('literals', generator, 'literals', literal => {
      if (isScalar(literal)) this.marks.set(literal, 'part');
      else this.#markAll(literal);
    });
  }

  /** Of a Kustomization: a patch inside it, as YAML or JSON in a scalar. */
  #markPatch(map: YAMLMap) {
    const target = getValue(map, 'target', this.#targets);
    const kind = textOf(getValue(target, 'kind', this.#targets));
    for (const patch of valuesOf(map, 'patch', this.#targets)) {
      const isSecret = kind?.length === 6 && kind.toLowerCase() === 'secret';
      if (isSecret || this.#isSecretText(patch)) this.#markAll(patch);
    }
    // An operation of a JSON patch: only a Secret has this field.
    const path = textOf(getValue(map, 'path', this.#targets));
    if (path?.startsWith('/stringData')) {
      for (const value of valuesOf(map, 'value', this.#targets)) {
        this.#markAll(value);
      }
    }
  }

  #isSecretText(node: unknown): boolean {
    const target = follow(node, this.#targets);
    const known = this.#texts.get(target);
    if (known !== undefined) return known;
    const isSecret = isSecretText(textOf(target) ?? '');
    this.#texts.set(target, isSecret);
    return isSecret;
  }

  #markSops(node: unknown) {
    if (!isMap(node) && !isSeq(node)) return;
    for (const item of node.items) {
      if (!isPair(item)) {
        this.#markSops(item);
        continue;
      }
      const name = textOf(item.key);
      if (name === 'mac' || name === 'enc') this.#markAll(item.value, 'sops');
      else this.#markSops(item.value);
    }
  }

  /** Every scalar below, but for keys. */
  #markAll(node: unknown, mark: Mark = 'whole') {
    if (isAlias(node)) {
      this.#markAll(follow(node, this.#targets), mark);
      return;
    }
    if (isScalar(node) && this.marks.get(node) !== 'whole') {
      this.marks.set(node, mark);
    }
    if ((!isMap(node) && !isSeq(node)) || this.#marked.has(node)) return;
    this.#marked.add(node);
    for (const item of node.items) {
      if (isPair(item)) {
        if (!isScalar(item.key)) this.#markAll(item.key, mark);
        this.#markAll(item.value, mark);
      } else this.#markAll(item, mark);
    }
  }
}
