import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { Positions } from '../yaml/positions';

/** What a person can take in; a broken file can have one for every byte. */
const MAX_FINDINGS = 50;

/** What was found in one file, each with its place. */
export class FileFindings {
  readonly list: Finding[] = [];
  readonly #file: string;
  readonly #positions: Positions;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#positions = new Positions(text);
  }

  /** @param offset - in the text; without one the finding is about the file as a whole */
  add(
    code: string,
    params: Record<string, string>,
    offset?: number,
    severity: Finding['severity'] = 'error',
  ) {
    if (this.list.length > MAX_FINDINGS) return;
    const file = this.#file;
    if (this.list.length === MAX_FINDINGS) {
      const limit = String(MAX_FINDINGS);
      this.list.push({
        severity,
        code: 'moreFindings',
        params: { limit },
        file,
      });
      return;
    }
    const place = offset === undefined ? {} : this.#positions.at(offset);
    this.list.push({ severity, code, params, file, ...place });
  }

  lineOf(offset: number): number {
    return this.#positions.at(offset).line;
  }
}
