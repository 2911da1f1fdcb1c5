import {
  Composer,
  Lexer,
  Parser,
  type Document,
  type LineCounter,
  type ParsedNode,
} from 'yaml';
import type { YamlFindings } from './YamlFindings';

/**
 * Composes the one document that a text has to be. Nesting is measured token by token and given up on at once: composing recurses.
 * Duplicate keys are left to the reader, since here every key would be compared with every other.
 *
 * @returns `undefined` when it cannot be read; the findings say why
 * @internal
 */
export function composeYaml(
  text: string,
  lines: LineCounter,
  maxDepth: number,
  findings: YamlFindings,
): Document.Parsed<ParsedNode> | undefined {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Document.Parsed<ParsedNode>[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      documents.push(...composer.next(token));
    }
    // On the stack are also the document, and the scalar that is being read.
    if (parser.stack.length > maxDepth + 2) {
      const params = { levels: String(maxDepth) };
      findings.add('tooDeep', params, parser.offset);
      return undefined;
    }
    // The second document is not read to its end.
    if (documents.length > 1) break;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  for (const { code, message, pos } of document.errors) {
    findings.add('yamlSyntax', { code, message }, pos[0]);
  }
  if (second) findings.add('multipleDocuments', {}, second.range[0]);
  return document.errors.length > 0 || second ? undefined : document;
}
