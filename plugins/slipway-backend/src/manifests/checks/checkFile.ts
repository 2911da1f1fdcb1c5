import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { MAX_DEPTH, parseChunk, splitDocuments } from '../yaml/documents';
import { FileFindings } from './FileFindings';
import { checkNodes } from './checkNodes';
import { jsonErrorAt } from './jsonErrorAt';
import { sopsFindings } from './sopsFindings';

/** Characters of one file; reading more would hold up everybody else. */
const MAX_LENGTH = 4 * 1024 * 1024;
const YAML_OR_JSON = /\.(?:ya?ml|json)$/i;

/**
 * What is wrong with a file as text, whatever its kind is. Never throws; nothing in the findings is a value from the file.
 *
 * Codes: `yamlSyntax` (`code`), `jsonSyntax`, `controlCharacter`, `tooDeep` (`levels`), `duplicateKey` (`key`, `firstLine`),
 * `keyNotText`, `aliasUnknown`, `aliasCycle`, `tooManyAliases` (`limit`), `mergeNotMap`, `unknownTag`, `manifestTooLarge`,
 * `templateUnchecked`, `sopsTurnedPlain`, `sopsValuePlain` (`key`), `sopsMacKept`, `moreFindings` (`limit`). What was wrong before as
 * well is a warning: an edit elsewhere in the file must be possible.
 *
 * @param options - `text`: none when the file is deleted; `before`: none when it is new
 * @public
 */
export function checkFile(options: {
  path: string;
  text?: string;
  before?: string;
}): Finding[] {
  const { path, text, before } = options;
  if (text === undefined || text === before) return [];
  const found = YAML_OR_JSON.test(path) ? syntaxFindings(path, text) : [];
  const old =
    before === undefined || found.length === 0
      ? []
      : syntaxFindings(path, before);
  return [...sinceThen(found, old), ...sopsFindings({ path, text, before })];
}

function syntaxFindings(path: string, text: string): Finding[] {
  const findings = new FileFindings(path, text);
  if (isTemplate(path, text)) {
    findings.add('templateUnchecked', {}, undefined, 'info');
    return findings.list;
  }
  if (text.length > MAX_LENGTH) {
    findings.add('manifestTooLarge', {}, undefined, 'warning');
    return findings.list;
  }
  if (/\.json$/i.test(path)) checkJson(text, findings);
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    for (const { code, offset } of errors) {
      const at = chunk.start + offset;
      if (code === 'tooLarge') {
        findings.add('manifestTooLarge', {}, at, 'warning');
      } else if (code === 'tooDeep') {
        findings.add(code, { levels: String(MAX_DEPTH) }, at);
      } else if (code === 'controlCharacter') findings.add(code, {}, at);
      // The parser's words quote the file, which may be a Secret.
      else if (
        findings.list.every(({ code: known }) => known !== 'jsonSyntax')
      ) {
        findings.add('yamlSyntax', { code }, at);
      }
    }
    if (errors.length > 0) continue;
    for (const root of roots) checkNodes(root, chunk.start, findings);
  }
  return findings.list;
}

/** Helm renders it first; as it is, it is no YAML. */
function isTemplate(path: string, text: string): boolean {
  return /(?:^|\/)templates\//.test(path) && text.includes('{{');
}

function checkJson(text: string, findings: FileFindings) {
  const at = jsonErrorAt(text);
  if (at !== undefined) findings.add('jsonSyntax', {}, at);
}

/** Errors that the file had before become warnings, each as often as it was there. */
function sinceThen(found: readonly Finding[], old: readonly Finding[]) {
  const left = new Map<string, number>();
  const nameOf = ({ code, params: { firstLine, ...params } }: Finding) =>
    JSON.stringify([code, params]);
  for (const finding of old) {
    const name = nameOf(finding);
    left.set(name, (left.get(name) ?? 0) + 1);
  }
  return found.map(finding => {
    const name = nameOf(finding);
    const count = left.get(name) ?? 0;
    if (count === 0 || finding.severity !== 'error') return finding;
    left.set(name, count - 1);
    return { ...finding, severity: 'warning' as const };
  });
}
