/** A type as a declaration file of `kubernetes-models` writes it. */
export type DeclaredType =
  | { type: 'string' | 'number' | 'boolean' | 'unknown' }
  | { type: 'enum'; values: string[] }
  | { type: 'array'; items: DeclaredType }
  | { type: 'map'; values: DeclaredType }
  | { type: 'union'; members: DeclaredType[] }
  | { type: 'reference'; to: string };

/** One field of a {@link Declaration}. */
export interface DeclaredField {
  description?: string;
  required: boolean;
  type: DeclaredType;
}

/** What one declaration file of `kubernetes-models` tells about one schema. */
export interface Declaration {
  description?: string;
  /** Missing for a type that is no object, such as a quantity. */
  fields?: Record<string, DeclaredField>;
  alias?: DeclaredType;
  /** The name that other files call it, without the leading `I`: `IoK8sApiAppsV1Deployment`. */
  exportedAs: string;
  /** Where the names in it come from: name → module specifier. */
  imports: Record<string, string>;
}

const COMMENT = /\/\*\*([\s\S]*?)\*\/\s*$/;
const FIELD = /^\s*"([^"]+)"(\??): /;

function textOf(comment: string | undefined): string | undefined {
  const lines = comment
    ?.split('\n')
    .map(line => line.replace(/^\s*\* ?/, '').trimEnd());
  return lines?.join('\n').trim().replaceAll('\\*', '*') || undefined;
}

function readType(text: string): DeclaredType {
  const source = text.trim();
  const members = source.split(' | ');
  if (members.length > 1 && !/[<{]/.test(source)) {
    return members.every(member => member.startsWith('"'))
      ? { type: 'enum', values: members.map(member => JSON.parse(member)) }
      : { type: 'union', members: members.map(readType) };
  }
  const array = /^Array<([\s\S]*)>$/.exec(source);
  if (array) {
    return { type: 'array', items: readType(array[1]) };
  }
  const map = /^\{\s*\[key: string\]: ([\s\S]*);\s*\}$/.exec(source);
  if (map) {
    return { type: 'map', values: readType(map[1]) };
  }
  if (source.startsWith('"')) {
    return { type: 'enum', values: [JSON.parse(source)] };
  }
  if (source === 'string' || source === 'number' || source === 'boolean') {
    return { type: source };
  }
  return /^I[A-Za-z0-9]+$/.test(source)
    ? { type: 'reference', to: source }
    : { type: 'unknown' };
}

function readFields(body: string): Record<string, DeclaredField> {
  const fields: Record<string, DeclaredField> = {};
  // Each field begins on its own line, four blanks in, perhaps after its comment.
  const pattern =
    /^ {4}(?:\/\*\*([\s\S]*?)\*\/\s*)?("[^"]+"\??: [\s\S]*?);$(?=\n(?: {4}(?:\/\*\*|")|$))/gm;
  for (const [, comment, text] of `${body}\n`.matchAll(pattern)) {
    const [head, name, optional] = FIELD.exec(text)!;
    fields[name] = {
      description: textOf(comment),
      required: optional === '',
      type: readType(text.slice(head.length)),
    };
  }
  return fields;
}

/** Reads the text of a declaration file of `kubernetes-models`. */
export function readDeclaration(text: string): Declaration {
  const imports: Record<string, string> = {};
  for (const [, names, from] of text.matchAll(
    /^import \{ ([^}]*) \} from "([^"]+)";$/gm,
  )) {
    for (const name of names.split(', ')) {
      imports[name] = from;
    }
  }
  const exportedAs = / as I(IoK8s[A-Za-z0-9]+)/.exec(text)?.[1] ?? '';
  const object =
    /^export interface I\w+(?: extends TypeMeta)? \{\n([\s\S]*?)^\}$/m.exec(
      text,
    );
  const alias = /^export declare type I\w+ = (.*);$/m.exec(text);
  const start = object?.index ?? alias?.index ?? 0;
  const description = textOf(COMMENT.exec(text.slice(0, start))?.[1]);
  return object
    ? { description, fields: readFields(object[1]), exportedAs, imports }
    : {
        description,
        alias: alias ? readType(alias[1]) : { type: 'unknown' },
        exportedAs,
        imports,
      };
}
