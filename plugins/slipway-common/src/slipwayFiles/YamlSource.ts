import {
  LineCounter,
  isAlias,
  isMap,
  isSeq,
  type Document,
  type ParsedNode,
} from 'yaml';
import type { JsonValue } from '@backstage/types';
import type { Finding } from '../schema/openapi';
import { YamlFindings } from './YamlFindings';
import { MAX_DEPTH, YamlReader, keyText, startOf } from './YamlReader';
import { composeYaml } from './composeYaml';

const MAX_BYTES = 256 * 1024;

/** Keys and indexes from the root, as in `['spec', 'targets', 0]`. */
export type Pointer = ReadonlyArray<string | number>;

/**
 * One YAML document that was found to be small, shallow and plain, with the place of everything in it.
 *
 * @internal
 */
export class YamlSource {
  readonly value: JsonValue;
  readonly findings: YamlFindings;
  readonly #document: Document.Parsed<ParsedNode>;

  private constructor(
    value: JsonValue,
    findings: YamlFindings,
    document: Document.Parsed<ParsedNode>,
  ) {
    this.value = value;
    this.findings = findings;
    this.#document = document;
  }

  /** @returns what is wrong, when it cannot be read as one plain value */
  static read(path: string, text: string): YamlSource | Finding[] {
    const lines = new LineCounter();
    const findings = new YamlFindings(path, lines);
    // Bytes are never fewer than code units: nothing big is encoded just to be measured.
    const fits =
      text.length <= MAX_BYTES &&
      new TextEncoder().encode(text).length <= MAX_BYTES;
    if (!fits) {
      findings.add('tooLarge', { bytes: String(MAX_BYTES) });
      return findings.list;
    }
    const document = composeYaml(text, lines, MAX_DEPTH, findings);
    if (!document) return findings.list;
    const value = new YamlReader(document, findings).read();
    if (findings.list.length > 0) return findings.list;
    return new YamlSource(value, findings, document);
  }

  /** Adds a finding about what the pointer leads to, or about the nearest thing around it that there is. */
  report(
    code: string,
    params: Record<string, string>,
    pointer: Pointer,
    options?: { severity?: Finding['severity']; atKey?: boolean },
  ) {
    const offset = this.#offsetOf(pointer, options?.atKey ?? false);
    this.findings.add(code, params, offset, options?.severity);
  }

  #offsetOf(pointer: Pointer, atKey: boolean): number {
    let node: unknown = this.#document.contents;
    let offset = 0;
    for (const [index, step] of pointer.entries()) {
      if (isAlias(node)) node = node.resolve(this.#document);
      let next: unknown;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => keyText(key) === step);
        const last = index === pointer.length - 1;
        next = (atKey && last) || !pair?.value ? pair?.key : pair.value;
      } else if (isSeq(node)) {
        next = node.items[Number(step)];
      }
      const start = startOf(next);
      if (start === undefined) return offset;
      offset = start;
      node = next;
    }
    return pointer.length === 0 ? startOf(node) ?? 0 : offset;
  }
}
