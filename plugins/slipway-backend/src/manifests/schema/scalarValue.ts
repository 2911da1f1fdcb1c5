import { isScalar } from 'yaml';

export type ScalarType = 'null' | 'boolean' | 'integer' | 'number' | 'string';

export interface ScalarValue {
  type: ScalarType;
  text: string;
  /** Text that YAML 1.1, and so some of the tools on the way to the cluster, take for a boolean. */
  likeBoolean?: true;
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const OLD_BOOLEAN = /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)$/;
const NUMBER =
  /^[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF|nan|NaN|NAN))$/;
/** What Slipway shows for secrets, and what SOPS, Flux, kustomize or a plugin of Argo CD puts a value in place of. */
const PLACEHOLDER = /⟪masked:\d+⟫|^\s*ENC\[/;
const PLACEHOLDER_ENDS = [
  ['${', '}'],
  ['$(', ')'],
  ['<path:', '>'],
] as const;
const STRING_TAGS = ['!', '!!str', 'tag:yaml.org,2002:str'];

/**
 * What a scalar is for the tools that apply manifests.
 *
 * @returns `undefined` when only they can tell: placeholders, tags
 */
export function scalarValue(node: unknown): ScalarValue | undefined {
  // A key with nothing behind it.
  if (node === null || node === undefined) {
    return { type: 'null', text: '' };
  }
  if (!isScalar(node)) {
    return undefined;
  }
  const text = String(node.value ?? '');
  if (isPlaceholder(text)) {
    return undefined;
  }
  if (node.tag) {
    return STRING_TAGS.includes(node.tag)
      ? { type: 'string', text }
      : undefined;
  }
  if (node.type !== 'PLAIN') {
    return { type: 'string', text };
  }
  return OLD_BOOLEAN.test(text)
    ? { type: 'string', text, likeBoolean: true }
    : { type: plainType(text), text };
}

/** In linear time, also where one begins again and again and never ends. */
function isPlaceholder(text: string): boolean {
  return (
    PLACEHOLDER.test(text) ||
    PLACEHOLDER_ENDS.some(([begin, end]) => {
      const at = text.indexOf(begin);
      return at !== -1 && text.includes(end, at);
    })
  );
}

/** Whether a number is a whole one, however it is written. */
export function isWhole({ type, text }: ScalarValue): boolean {
  return type === 'integer' || (type === 'number' && Number.isInteger(+text));
}

function plainType(text: string): ScalarType {
  if (NULL.test(text)) return 'null';
  if (BOOLEAN.test(text)) return 'boolean';
  if (INTEGER.test(text)) return 'integer';
  return NUMBER.test(text) ? 'number' : 'string';
}
