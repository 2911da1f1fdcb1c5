import { leavesOf, type Leaf } from './leaves';
import {
  changedBlockLines,
  changedLines,
  written,
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
    let result = '';
    let at = 0;
    for (const edit of this.#edits) {
      result += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return {
      text: at === 0 ? text : result + text.slice(at),
      values: this.#values,
      changed: this.#edits.length,
      tried: this.#tried,
    };
  }

  lines(): void {
    const { text } = this.#options;
    this.#edits.push(...changedLines(text, 0, text.length, this.#changeLine));
  }

  leaves(): void {
    for (const leaf of leavesOf(this.#options.text)) this.#leaf(leaf);
  }

  #leaf(leaf: Leaf): void {
    const { text } = this.#options;
    const { start, end, value, style, place } = leaf;
    if (style === 'block') {
      this.#edits.push(...changedBlockLines(leaf, text, this.#changeLine));
      return;
    }
    const changed = this.#change(value, place);
    if (changed !== value) {
      this.#edits.push({ start, end, text: written(leaf, changed) });
    }
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
    if (/\.(?:ya?ml|json)$/i.test(path)) run.leaves();
    else run.lines();
  }
  return run.result();
}
