import { isAlias, isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import { parseChunk, splitDocuments } from '../../manifests/yaml/documents';
import { collectAliases, getValue, textOf } from '../../manifests/yaml/nodes';
import { pathSegment } from '../../manifests/yaml/valuePaths';
import {
  changedLines,
  editLines,
  editScalar,
  isBlock,
  type ScalarEdit,
} from './scalars';
import type { CompiledRule, RewrittenText, ValuePlace } from './types';

export interface RewriteOptions {
  path: string;
  text: string;
  rules: readonly CompiledRule[];
  /** Values that the target has at the same places; for rules that keep them. */
  targetValue?: (place: ValuePlace) => string | undefined;
}

/**
 * Rewrites values of a file by rules, each on what the ones before it left; bytes around them stay as they are. Manifests are read as
 * such, other texts line by line. Documents that cannot be read stay as they are.
 */
export function rewriteText(options: RewriteOptions): RewrittenText {
  const { path, text } = options;
  const rules = options.rules.filter(
    ({ needles }) => !needles || needles.some(one => text.includes(one)),
  );
  const run = new Rewriting({ ...options, rules });
  if (rules.length > 0) {
    if (/\.(?:ya?ml|json)$/i.test(path)) run.documents();
    else run.lines();
  }
  return run.result();
}

class Rewriting {
  readonly #options: RewriteOptions;
  readonly #edits: ScalarEdit[] = [];
  readonly #values = new Map<number, number>();
  #tried = 0;

  constructor(options: RewriteOptions) {
    this.#options = options;
  }

  result(): RewrittenText {
    const { text } = this.#options;
    let written = '';
    let at = 0;
    for (const edit of this.#edits) {
      written += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return {
      text: at === 0 ? text : written + text.slice(at),
      values: this.#values,
      changed: this.#edits.length,
      tried: this.#tried,
    };
  }

  lines(): void {
    const { text } = this.#options;
    for (const edit of changedLines(text, 0, text.length, this.#changeLine)) {
      this.#edits.push(edit);
    }
  }

  documents(): void {
    for (const { text, start } of splitDocuments(this.#options.text)) {
      const { roots, errors } = parseChunk(text);
      if (errors.length > 0) continue;
      for (const root of roots) this.#document(root, text, start);
    }
  }

  #document(root: unknown, text: string, offset: number): void {
    const targets = collectAliases(root);
    const add = (edit: ScalarEdit) =>
      this.#edits.push({
        ...edit,
        start: edit.start + offset,
        end: edit.end + offset,
      });
    const objectOf = (node: unknown) => {
      const kind = textOf(getValue(node, 'kind', targets));
      if (kind === undefined) return undefined;
      const metadata = getValue(node, 'metadata', targets);
      return { kind, name: textOf(getValue(metadata, 'name', targets)) };
    };
    const visit = (node: unknown, place: ValuePlace) => {
      if (isScalar(node)) this.#scalar(node, text, place, add);
      else if (isMap(node)) {
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
              return above ? `${above}.${step}` : step;
            },
          });
        }
      } else if (isSeq(node)) {
        node.items.forEach((item, index) => {
          if (isAlias(item) || isPair(item)) return;
          visit(item, {
            ...place,
            parent: place.key === 'items' ? '' : place.parent,
            path: () =>
              `${place.path()}[${
                textOf(getValue(item, 'name', targets)) ?? index
              }]`,
          });
        });
      }
    };
    visit(root, { key: '', parent: '', path: () => '' });
  }

  #scalar(
    node: Scalar,
    text: string,
    place: ValuePlace,
    add: (edit: ScalarEdit) => void,
  ): void {
    if (typeof node.value !== 'string') return;
    if (isBlock(node)) {
      for (const edit of editLines(node, text, this.#changeLine)) add(edit);
      return;
    }
    const value = this.#change(node.value, place);
    const edit =
      value === node.value ? undefined : editScalar(node, text, value);
    if (edit) add(edit);
  }

  #change(value: string, place: ValuePlace): string {
    let current = value;
    this.#tried += 1;
    for (const rule of this.#options.rules) {
      const next = rule.keeps?.(place)
        ? this.#options.targetValue?.(place) ?? current
        : rule.apply(current, place);
      if (next !== current) this.#count(rule);
      current = next;
    }
    return current;
  }

  readonly #changeLine = (line: string): string => {
    let current = line;
    this.#tried += 1;
    for (const rule of this.#options.rules) {
      const next = rule.applyToLine?.(current) ?? current;
      if (next !== current) this.#count(rule);
      current = next;
    }
    return current;
  };

  #count({ index }: CompiledRule): void {
    this.#values.set(index, (this.#values.get(index) ?? 0) + 1);
  }
}
