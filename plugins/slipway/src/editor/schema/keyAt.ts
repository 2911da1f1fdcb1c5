import { ensureSyntaxTree, type syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

type SyntaxNode = ReturnType<typeof syntaxTree>['topNode'];

/** Steps into an object: names of fields, and `ITEM` for an item of a list. */
export type ObjectPath = readonly string[];

/** A step into a list, whichever of its items. */
export const ITEM = '[]';

/** A Kubernetes object in a text, or a path in one. */
export interface KubernetesPlace {
  apiVersion: string;
  kind: string;
  path: ObjectPath;
}

/** Longest time in ms that a look at a text may take. */
const MAX_TIME = 200;

const PAIRS = new Set(['Pair', 'Property']);
const MAPS = new Set(['BlockMapping', 'FlowMapping', 'Object']);
const ITEMS = new Set(['Item']);
const KEYS = new Set(['Key', 'PropertyName']);

/** The key at a position of a YAML or JSON text, with the object that it is in. */
export function keyAt(
  state: EditorState,
  position: number,
): (KubernetesPlace & { from: number; to: number }) | undefined {
  // To the end: a tree that ends at the position is a guess there.
  const tree = ensureSyntaxTree(state, state.doc.length, MAX_TIME);
  if (!tree) return undefined;
  let node: SyntaxNode | null = tree.resolveInner(position, 1);
  if (node.name.endsWith('Mapping')) node = tree.resolveInner(position, -1);
  while (node && !KEYS.has(node.name)) node = node.parent;
  if (!node) return undefined;
  const { from, to } = node;
  const path: string[] = [];
  /** From the inside out. */
  const maps: Array<{ map: SyntaxNode; path: string[] }> = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (PAIRS.has(at.name)) path.unshift(keyOf(state, at) ?? '');
    if (isItem(at)) path.unshift(ITEM);
    if (MAPS.has(at.name)) maps.push({ map: at, path: [...path] });
  }
  const outer = objectIn(state, maps.at(-1));
  // What is in a list of objects is an object of its own.
  const inner =
    outer?.kind.endsWith('List') && outer.path[0] === 'items'
      ? objectIn(state, maps.at(-2))
      : undefined;
  const found = inner ?? outer;
  return found && { ...found, from, to };
}

/** JSON has no node around an item. */
function isItem(node: SyntaxNode): boolean {
  return ITEMS.has(node.name) || node.parent?.name === 'Array';
}

function objectIn(
  state: EditorState,
  at: { map: SyntaxNode; path: string[] } | undefined,
): KubernetesPlace | undefined {
  if (!at) return undefined;
  const values = new Map<string, string>();
  for (let pair = at.map.firstChild; pair; pair = pair.nextSibling) {
    const key = PAIRS.has(pair.name) ? keyOf(state, pair) : undefined;
    if (key !== 'apiVersion' && key !== 'kind') continue;
    const value = pair.lastChild;
    if (value && !KEYS.has(value.name)) values.set(key, textOf(state, value));
  }
  const apiVersion = values.get('apiVersion');
  const kind = values.get('kind');
  return apiVersion && kind ? { apiVersion, kind, path: at.path } : undefined;
}

function keyOf(state: EditorState, pair: SyntaxNode): string | undefined {
  const key = pair.firstChild;
  return key && KEYS.has(key.name) ? textOf(state, key) : undefined;
}

function textOf(state: EditorState, { from, to }: SyntaxNode): string {
  return unquoted(state.sliceDoc(from, Math.min(to, from + 300)));
}

export function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/s, '$2');
}
