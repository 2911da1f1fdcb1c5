import { PathTemplate } from './PathTemplate';
import { SegmentTemplate } from './SegmentTemplate';
import { TemplateError } from './TemplateError';
import { nameProblem } from './names';
import { tokenize, type Token } from './tokens';
import type { LayoutDefinition, LayoutProblem, ModuleKind } from './types';

/** An environment and a module, as a path spells them. */
interface Reading {
  environment: string;
  module: string;
  values: Record<string, string>;
}

/**
 * One layout, compiled: path template plus composition, each with its inverse.
 *
 * @internal
 */
export class LayoutRule {
  readonly index: number;
  readonly kind: ModuleKind;
  readonly template: PathTemplate;
  readonly #composition: SegmentTemplate | undefined;

  private constructor(
    index: number,
    kind: ModuleKind,
    template: PathTemplate,
    composition: SegmentTemplate | undefined,
  ) {
    this.index = index;
    this.kind = kind;
    this.template = template;
    this.#composition = composition;
  }

  static compile(
    definition: LayoutDefinition,
    index: number,
  ): LayoutRule | LayoutProblem {
    let key: 'path' | 'environment' = 'path';
    try {
      const template = PathTemplate.compile(definition.path);
      requirePlaceholder(template, 'module');
      let composition: SegmentTemplate | undefined;
      if (definition.environment === undefined) {
        requirePlaceholder(template, 'environment');
      } else {
        key = 'environment';
        composition = compileComposition(definition.environment, template);
      }
      key = 'path';
      for (const placeholder of template.placeholders.keys()) {
        const known =
          placeholder === 'module' ||
          (composition
            ? composition.placeholders.includes(placeholder)
            : placeholder === 'environment');
        // What the environment does not tell could not be filled in when a path is written.
        if (!known) {
          throw new TemplateError('placeholderUnknown', { placeholder });
        }
      }
      const kind = definition.module ?? kindOf(template);
      return new LayoutRule(index, kind, template, composition);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const { code, params } = error;
      return { code, params, pointer: ['layouts', index, key] };
    }
  }

  /** Reads a path's first segments as a module's own path; `undefined` when they are none. */
  read(path: readonly string[]): Reading | undefined {
    if (path.length < this.template.length) return undefined;
    const values = this.template.matchStart(path);
    if (!values) return undefined;
    const environment = this.#composition
      ? this.#composition.expand(values)
      : values.environment;
    if (environment === undefined || nameProblem(environment)) return undefined;
    return { environment, module: values.module, values };
  }

  /** The inverse of `read`. */
  write(environment: string, module: string): string | undefined {
    const values = this.#valuesOf(environment);
    return values && this.template.expand({ ...values, module });
  }

  /** See {@link Layout.environmentPath}. */
  environmentPath(environment: string): string | undefined {
    const values = this.#valuesOf(environment);
    if (!values) return undefined;
    for (const [placeholder, listed] of this.template.placeholders) {
      if (placeholder === 'module') continue;
      if (listed && !listed.includes(values[placeholder])) return undefined;
    }
    const { segments } = this.template;
    const module = segments.findIndex(segment =>
      segment.placeholders.includes('module'),
    );
    let end = segments.length;
    while (segments[end - 1].placeholders.every(name => name === 'module')) {
      end -= 1;
    }
    return segments
      .slice(0, module < end ? undefined : end)
      .map(segment => segment.display(values))
      .join('/');
  }

  #valuesOf(environment: string): Record<string, string> | undefined {
    if (nameProblem(environment)) return undefined;
    return this.#composition
      ? this.#composition.match(environment)
      : { environment };
  }
}

function requirePlaceholder(template: PathTemplate, placeholder: string) {
  if (!template.placeholders.has(placeholder)) {
    throw new TemplateError('placeholderMissing', { placeholder });
  }
}

function compileComposition(
  text: string,
  template: PathTemplate,
): SegmentTemplate {
  if (text.length > 200 || text.includes('/')) {
    throw new TemplateError('compositionInvalid', { text });
  }
  const seen = new Set<string>();
  const tokens = tokenize(text).map((token): Token => {
    if (token.kind === 'literal') return token;
    const placeholder = token.name;
    // Values are listed where the path is, once.
    if (token.values || placeholder === 'module') {
      throw new TemplateError('compositionInvalid', { text });
    }
    if (
      placeholder === 'environment' ||
      !template.placeholders.has(placeholder)
    ) {
      throw new TemplateError('placeholderUnknown', { placeholder });
    }
    if (seen.has(placeholder)) {
      throw new TemplateError('placeholderDuplicate', { placeholder });
    }
    seen.add(placeholder);
    return { ...token, values: template.placeholders.get(placeholder) };
  });
  if (seen.size === 0) throw new TemplateError('compositionInvalid', { text });
  return SegmentTemplate.compile(tokens, text);
}

function kindOf(template: PathTemplate): ModuleKind {
  const last = template.segments[template.length - 1];
  return /\.[A-Za-z0-9]+$/.test(last.literalEnd) ? 'file' : 'directory';
}
