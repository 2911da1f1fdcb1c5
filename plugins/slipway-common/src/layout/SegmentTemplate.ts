import { nameProblem, type NameProblem } from './names';
import { TemplateError } from './TemplateError';
import { expandTokens, type Token } from './tokens';

/** One way to write a run of tokens that has finitely many. */
interface Spelling {
  text: string;
  values: Record<string, string>;
}

/** Bounds the work per segment: `{a:…|…}{b:…|…}` multiplies. */
const MAX_SPELLINGS = 256;

/**
 * One segment of a path template, or a composition: literals, placeholders with listed values, and at most one open
 * placeholder. What is left and right of the open one is spelled out when it is compiled, and has to be such that a text can be
 * taken apart in one way only; so matching compares starts and ends, and never backtracks.
 *
 * @internal
 */
export class SegmentTemplate {
  readonly #tokens: Token[];
  readonly #open: string | undefined;
  readonly #left: Spelling[];
  readonly #right: Spelling[];

  private constructor(
    tokens: Token[],
    open: string | undefined,
    left: Spelling[],
    right: Spelling[],
  ) {
    this.#tokens = tokens;
    this.#open = open;
    this.#left = left;
    this.#right = right;
  }

  /** @throws TemplateError */
  static compile(tokens: Token[], text: string): SegmentTemplate {
    const isOpen = (token: Token) =>
      token.kind === 'placeholder' && !token.values;
    const index = tokens.findIndex(isOpen);
    const open = tokens[index];
    const rest = open ? tokens.slice(index + 1) : [];
    if (rest.some(isOpen)) {
      throw new TemplateError('templateAmbiguous', { segment: text });
    }
    const left = spell(open ? tokens.slice(0, index) : tokens, text);
    const right = spell(rest, text);
    const leftTexts = left.map(spelling => spelling.text);
    const rightTexts = right.map(spelling => spelling.text);
    const clear = open
      ? startsApart(leftTexts) && startsApart(rightTexts.map(reversed))
      : new Set(leftTexts).size === leftTexts.length;
    if (!clear) throw new TemplateError('templateAmbiguous', { segment: text });
    return new SegmentTemplate(
      tokens,
      open?.kind === 'placeholder' ? open.name : undefined,
      left,
      right,
    );
  }

  get placeholders(): string[] {
    return this.#tokens.flatMap(token =>
      token.kind === 'placeholder' ? [token.name] : [],
    );
  }

  get isLiteral(): boolean {
    return this.#tokens.every(token => token.kind === 'literal');
  }

  /** The literal text that it ends with. */
  get literalEnd(): string {
    const last = this.#tokens[this.#tokens.length - 1];
    return last?.kind === 'literal' ? last.text : '';
  }

  /** The placeholders' values in the text, `undefined` when it is not of this form. */
  match(text: string): Record<string, string> | undefined {
    const open = this.#open;
    if (open === undefined) {
      return this.#left.find(spelling => spelling.text === text)?.values;
    }
    const inside = this.#takeApart(text);
    if (!inside || nameProblem(inside.text)) return undefined;
    return {
      ...inside.left.values,
      [open]: inside.text,
      ...inside.right.values,
    };
  }

  /** Why a text of this form does not match: what its open placeholder would have to stand for is no name. */
  problemOf(text: string): NameProblem | undefined {
    const inside = this.#open !== undefined && this.#takeApart(text);
    return inside ? nameProblem(inside.text) : undefined;
  }

  /** The inverse of `match`; `undefined` when a value is missing or cannot be written here. */
  expand(values: Record<string, string>): string | undefined {
    return expandTokens(this.#tokens, values);
  }

  /** Like `expand`, with the placeholders that have no value left as they are written. */
  display(values: Record<string, string>): string {
    return this.#tokens
      .map(token => {
        if (token.kind === 'literal') return token.text;
        return Object.hasOwn(values, token.name)
          ? values[token.name]
          : `{${token.name}}`;
      })
      .join('');
  }

  #takeApart(text: string) {
    const left = this.#left.find(spelling => text.startsWith(spelling.text));
    const right = this.#right.find(spelling => text.endsWith(spelling.text));
    if (!left || !right) return undefined;
    const end = text.length - right.text.length;
    if (end <= left.text.length) return undefined;
    return { left, right, text: text.slice(left.text.length, end) };
  }
}

function spell(tokens: Token[], segment: string): Spelling[] {
  let spellings: Spelling[] = [{ text: '', values: {} }];
  for (const token of tokens) {
    if (token.kind === 'literal') {
      for (const spelling of spellings) spelling.text += token.text;
      continue;
    }
    const listed = token.values ?? [];
    if (spellings.length * listed.length > MAX_SPELLINGS) {
      throw new TemplateError('templateTooManyValues', {
        segment,
        limit: String(MAX_SPELLINGS),
      });
    }
    spellings = spellings.flatMap(({ text, values }) =>
      listed.map(value => ({
        text: text + value,
        values: { ...values, [token.name]: value },
      })),
    );
  }
  return spellings;
}

/** Whether no text is the start of another, or the same. */
function startsApart(texts: string[]): boolean {
  const sorted = [...texts].sort();
  return sorted.every(
    (text, index) => index === 0 || !text.startsWith(sorted[index - 1]),
  );
}

function reversed(text: string): string {
  return text.split('').reverse().join('');
}
