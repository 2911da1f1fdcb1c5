import { isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import { nameOf, scalarRange, textOf, type AliasTargets } from '../yaml/nodes';
import { identityKey, identityOf, type ObjectIdentity } from '../yaml/objects';
import { isEncrypted } from './markers';
import { PathIds } from './PathIds';
import type { Mark } from './SecretMarker';
import { findTokens } from './tokens';
import type { SecretSpan } from './types';

/** Where the walk is. */
interface Place {
  path: number;
  /** Of the nearest field. */
  name: string;
  object?: string;
}

/**
 * Walks one document and writes down each marked scalar with its place: the nearest object around it and the path from there. A list's
 * item counts by its `name`, never by its position, so that inserting before it moves nothing.
 */
export class SpanCollector {
  readonly spans: SecretSpan[] = [];
  readonly #text: string;
  readonly #ids: PathIds;
  readonly #withTokens: boolean;

  constructor(text: string, ids: PathIds, withTokens: boolean) {
    this.#text = text;
    this.#ids = ids;
    this.#withTokens = withTokens;
  }

  collect(
    root: unknown,
    marks: ReadonlyMap<Scalar, Mark>,
    targets: AliasTargets,
  ) {
    const visit = (node: unknown, place: Place) => {
      if (isScalar(node)) this.#add(node, marks.get(node), place);
      if (isSeq(node)) {
        for (const item of node.items) {
          const title = nameOf(item, targets);
          const step = title === undefined ? '[]' : `[name=${title}]`;
          const path = this.#ids.child(place.path, step);
          visit(item, { ...place, path });
        }
      }
      if (!isMap(node)) return;
      const identity = identityOf(node, targets);
      const own = identity
        ? this.#ids.child(PathIds.root, identityKey(identity))
        : place.path;
      const object = identity ? describe(identity) : place.object;
      for (const pair of node.items) {
        if (!isPair(pair)) continue;
        const name = textOf(pair.key) ?? '?';
        const path = this.#ids.child(own, `.${name}`);
        const keyPath = this.#ids.child(path, '?');
        visit(pair.key, { path: keyPath, name, object });
        visit(pair.value, { path, name, object });
      }
    };
    visit(root, { path: PathIds.root, name: '' });
  }

  #add(node: Scalar, mark: Mark | undefined, place: Place) {
    const value = textOf(node) ?? '';
    const secret = mark !== undefined || isEncrypted(value);
    const token = this.#withTokens && findTokens(value).length > 0;
    const range = scalarRange(node, this.#text);
    if (!range || !(secret || token)) return;
    const { path, name, object } = place;
    const part = mark === 'part' && this.#partOf(node, range);
    if (part) {
      const [start, end] = part.range;
      if (start === end) return;
      const key = this.#ids.child(path, `=${part.name}`);
      const said = this.#text.slice(start, end);
      const span = { start, end, key, value: said, name: part.name, object };
      this.spans.push({ ...span, form: 'part' });
      return;
    }
    const [start, end] = range;
    this.spans.push({
      start,
      end,
      key: path,
      value,
      form: 'scalar',
      name,
      object,
      ...((mark === 'sops' || isEncrypted(value)) && { encrypted: true }),
      ...(!secret && { open: true }),
    });
  }

  /** What follows the equals sign in a literal on one line, without the closing quote; and the name before it. */
  #partOf(
    node: Scalar,
    [start, end]: [number, number],
  ): { range: [number, number]; name: string } | undefined {
    const source = this.#text.slice(start, end);
    const equals = source.indexOf('=');
    const oneLine =
      /^QUOTE|^PLAIN/.test(node.type ?? '') && !/[\r\n]/.test(source);
    if (!oneLine || equals === -1) return undefined;
    const quote = node.type === 'PLAIN' ? 0 : 1;
    const name = source.slice(quote, equals);
    return { range: [start + equals + 1, end - quote], name };
  }
}

function describe({ kind, namespace, name }: ObjectIdentity): string {
  const title = [namespace, name].filter(Boolean).join('/');
  return `${kind} ${title}`.trim().slice(0, 200);
}
