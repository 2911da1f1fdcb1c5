import type { LayoutProblemCode } from './types';

/**
 * Leaves the compilation of one template; the layout turns it into a problem and goes on with the next.
 *
 * @internal
 */
export class TemplateError extends Error {
  readonly code: LayoutProblemCode;
  readonly params: Record<string, string>;

  constructor(code: LayoutProblemCode, params: Record<string, string>) {
    super(code);
    this.code = code;
    this.params = params;
  }
}
