import { isAlias, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { ByteLru } from '../../git/byteLru';
import { parseChunk, splitDocuments } from '../../manifests/yaml/documents';
import {
  collectAliases,
  getValue,
  nameOf,
  scalarRange,
  textOf,
} from '../../manifests/yaml/nodes';
import { pathSegment } from '../../manifests/yaml/valuePaths';
import type { ValuePlace } from './types';

/** A value of a manifest, and where it is written. */
export interface Leaf {
  /** What is written: quotes included, anchors and tags not. */
  start: number;
  end: number;
  value: string;
  style: 'plain' | 'single' | 'double' | 'block';
  place: ValuePlace;
}

/** Rules are changed and tried again on the same files; nodes of a parser take many times the room. */
const known = new ByteLru<string, { leaves: Leaf[] }>(
  16 * 1024 ** 2,
  ({ leaves }) => 200 + leaves.length * 300,
);

const MAX_PATH_LENGTH = 4_096;

/** The values of the documents that can be read, in order. */
export function leavesOf(text: string): Leaf[] {
  const found = known.get(text);
  if (found) return found.leaves;
  const leaves: Leaf[] = [];
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) continue;
    for (const root of roots) {
      addLeaves(root, chunk.text, leaf =>
        leaves.push({
          ...leaf,
          start: leaf.start + chunk.start,
          end: leaf.end + chunk.start,
        }),
      );
    }
  }
  known.set(text, { leaves });
  return leaves;
}

function addLeaves(root: unknown, text: string, add: (leaf: Leaf) => void) {
  const targets = collectAliases(root);
  const objectOf = (node: unknown) => {
    const kind = textOf(getValue(node, 'kind', targets));
    if (kind === undefined) return undefined;
    const metadata = getValue(node, 'metadata', targets);
    return { kind, name: textOf(getValue(metadata, 'name', targets)) };
  };
  const visit = (node: unknown, place: ValuePlace) => {
    if (isScalar(node)) {
      const range = scalarRange(node, text);
      if (typeof node.value !== 'string' || !range) return;
      const [start, end] = range;
      add({ start, end, value: node.value, style: styleOf(node), place });
    } else if (isMap(node)) {
      // Objects stand in lists too.
      const object = place.parent === '' ? objectOf(node) : undefined;
      for (const { key, value } of node.items) {
        const name = textOf(key) ?? '?';
        visit(value, {
          key: name,
          parent: place.key,
          kind: object?.kind ?? place.kind,
          name: object?.name ?? place.name,
          path: () => {
            const above = place.path();
            const step = pathSegment(name);
            return longer(above, above ? `.${step}` : step);
          },
        });
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        if (isAlias(item)) return;
        const step = nameOf(item, targets) ?? index;
        visit(item, {
          ...place,
          parent: place.key === 'items' ? '' : place.parent,
          path: () => longer(place.path(), `[${step}]`),
        });
      });
    }
  };
  visit(root, { key: '', parent: '', path: () => '' });
}

/** A path is written out for each value below it; nobody means one that is this long. */
function longer(above: string, step: string): string {
  return above.length + step.length > MAX_PATH_LENGTH ? above : above + step;
}

function styleOf({ type }: Scalar): Leaf['style'] {
  switch (type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return 'block';
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    default:
      return 'plain';
  }
}
