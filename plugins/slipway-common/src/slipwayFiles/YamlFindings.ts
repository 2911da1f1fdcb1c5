import type { LineCounter } from 'yaml';
import type { Finding } from '../schema/openapi';

/** What a person can take in; a broken file can have one for every byte. */
const MAX_FINDINGS = 50;

/**
 * What was found in one file, each with its place.
 *
 * @internal
 */
export class YamlFindings {
  readonly list: Finding[] = [];
  readonly #file: string;
  readonly #lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  get hasErrors(): boolean {
    return this.list.some(({ severity }) => severity === 'error');
  }

  get isFull(): boolean {
    return this.list.length > MAX_FINDINGS;
  }

  /** @param offset - in the text; without one the finding is about the file as a whole */
  add(
    code: string,
    params: Record<string, string>,
    offset?: number,
    severity: Finding['severity'] = 'error',
  ) {
    if (this.isFull) return;
    if (this.list.length === MAX_FINDINGS) {
      this.list.push({
        severity: 'error',
        code: 'moreFindings',
        params: { limit: String(MAX_FINDINGS) },
        file: this.#file,
      });
      return;
    }
    this.list.push({
      severity,
      code,
      params,
      file: this.#file,
      ...(offset !== undefined && this.#placeOf(offset)),
    });
  }

  /** Like `add`, for what would be found again at every step. */
  addOnce(code: string, params: Record<string, string>, offset?: number) {
    if (this.list.some(finding => finding.code === code)) return;
    this.add(code, params, offset);
  }

  /** From 1. */
  lineOf(offset: number): number {
    return this.#placeOf(offset).line;
  }

  #placeOf(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}
