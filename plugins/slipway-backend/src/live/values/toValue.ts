import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { follow, textOf, type AliasTargets } from '../../manifests/yaml/nodes';
import { ValueBudget } from '../../manifests/yaml/ValueBudget';

/** Of one object; etcd takes no more than 1.5 MiB. */
const OBJECT = { values: 50_000, characters: 2 * 1024 * 1024 };
const MAX_DEPTH = 100;

/** Thrown for a document that no cluster would take either. */
export class UnusableDocument extends Error {}

/**
 * What a node says, as JSON, in the way of the YAML 1.1 reader that Argo CD, Flux and kubectl share (sigs.k8s.io/yaml): `yes` is true,
 * `0644` is octal. Merge keys (`<<`) are expanded.
 *
 * @param budget - of all that is read for one answer
 * @throws UnusableDocument, TooManyValues
 */
export function toValue(
  root: unknown,
  targets: AliasTargets,
  budget: ValueBudget,
): unknown {
  const own = new ValueBudget(OBJECT);
  const spend = (values: number, characters: number) => {
    budget.spend(values, characters);
    if (!own.take(values, characters)) throw new UnusableDocument();
  };
  const visit = (of: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) throw new UnusableDocument();
    const node = follow(of, targets);
    spend(1, textOf(node)?.length ?? 0);
    if (isSeq(node)) return node.items.map(item => visit(item, depth + 1));
    if (!isMap(node)) return isScalar(node) ? scalarOf(node) : null;
    const merged: Array<[string, unknown]> = [];
    const fields: Array<[string, unknown]> = [];
    for (const { key, value } of node.items) {
      const name = textOf(follow(key, targets));
      if (name === undefined) throw new UnusableDocument();
      spend(0, name.length);
      const made = visit(value, depth + 1);
      if (name !== '<<') fields.push([name, made]);
      // The first of several maps wins.
      else
        for (const map of [made].flat().reverse())
          merged.push(...entriesOf(map));
    }
    return Object.fromEntries([...merged, ...fields]);
  };
  return visit(root, 0);
}

function entriesOf(value: unknown): Array<[string, unknown]> {
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
    : [];
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function scalarOf(node: Scalar): unknown {
  const text = typeof node.value === 'string' ? node.value : '';
  const quoted = node.type !== undefined && node.type !== 'PLAIN';
  if (quoted || (node.tag && node.tag !== '!!int')) return text;
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return integerOf(text) ?? (FLOAT.test(text) ? Number(text) : text);
}

function integerOf(text: string): number | undefined {
  const [, sign, digits] =
    /^([-+]?)([0-9][0-9a-fA-FxXoObB_]*)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll('_', '');
  let value = Number.NaN;
  if (/^0[xX][0-9a-fA-F]+$|^0[bB][01]+$|^0[oO][0-7]+$/.test(plain)) {
    value = Number(plain);
  } else if (/^0[0-7]+$/.test(plain)) value = parseInt(plain, 8);
  else if (/^(?:0|[1-9][0-9]*)$/.test(plain)) value = Number(plain);
  if (Number.isNaN(value)) return undefined;
  return sign === '-' ? -value : value;
}
