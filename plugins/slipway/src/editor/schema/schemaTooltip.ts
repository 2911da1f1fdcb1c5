import type { KindSchema } from '@slipway/backstage-plugin-slipway-common';
import type { Field } from './kindSchema';

/** What is said around what a schema says, in the language of the page. */
export interface SchemaPhrases {
  required: string;
  values: string;
  default: string;
  /** Where the description is from. */
  servedBy: (options: { kind: string; version: string }) => string;
}

/** Values of a field that are listed. */
const MAX_VALUES = 20;

/** What there is to know of a field, to show in a tooltip. */
export function renderField(options: {
  name: string;
  field: Field;
  kind: string;
  schema: KindSchema;
  phrases: SchemaPhrases;
}): HTMLElement {
  const { name, field, kind, schema, phrases } = options;
  const root = element('div', 'cm-schema');
  const head = element('div', 'cm-schema-head');
  head.append(
    element('strong', '', name),
    ' ',
    element('span', 'cm-schema-type', field.type),
  );
  if (field.required) {
    head.append(' ', element('em', '', phrases.required));
  }
  root.append(head);
  if (field.description) {
    root.append(element('div', 'cm-schema-text', field.description));
  }
  if (field.values.length > 0) {
    const shown = field.values.slice(0, MAX_VALUES);
    const more = field.values.length > shown.length ? ' …' : '';
    root.append(fact(phrases.values, shown.join(', ') + more));
  }
  if (field.default !== undefined) {
    root.append(fact(phrases.default, field.default));
  }
  if (schema.kubernetesVersion) {
    const version = schema.kubernetesVersion;
    const from = phrases.servedBy({ kind, version });
    root.append(element('div', 'cm-schema-from', from));
  }
  return root;
}

function fact(label: string, value: string): HTMLElement {
  const line = element('div', '', `${label}: `);
  line.append(element('code', '', value));
  return line;
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const created = document.createElement(tag);
  if (className) created.className = className;
  // A server's words are text, never markup.
  if (text !== undefined) created.textContent = text;
  return created;
}
