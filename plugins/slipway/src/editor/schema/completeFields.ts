import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { KindSchema } from '@slipway/backstage-plugin-slipway-common';
import { completionAt, type CompletionPlace } from './completionAt';
import { fieldAt, fieldsOf, schemaAt, type Field } from './kindSchema';
import type { FetchSchema } from './rememberedSchemas';
import { renderField, type SchemaPhrases } from './schemaTooltip';

/** What is written in full, and offers nothing. */
const TEXTS = /^(?:Comment|QuotedLiteral|BlockLiteral|Flow|Anchor|Tag)/;

/** Offers the fields of an object and the values of a field, as the schema of its kind has them. */
export function completeFields(
  fetchSchema: FetchSchema,
  phrases: SchemaPhrases,
): CompletionSource {
  return async context => {
    const { state, pos, explicit } = context;
    if (isInText(context)) return null;
    const place = completionAt(state.doc, pos);
    if (!place || (!explicit && place.type === 'key' && place.from === pos)) {
      return null;
    }
    const schema = await fetchSchema(place.apiVersion, place.kind);
    if (!schema || context.aborted) return null;
    return completionsFor(place, schema, phrases);
  };
}

/** What may stand at a place; `null` is CodeMirror's word for nothing. */
export function completionsFor(
  place: CompletionPlace,
  schema: KindSchema,
  phrases: SchemaPhrases,
): CompletionResult | null {
  const { path, from, kind } = place;
  const root = schema.schema;
  const about = (name: string, field: Field) => () =>
    renderField({ name, field, kind, schema, phrases });
  if (place.type === 'value') {
    // Both say which schema it is that is asked.
    if (path.length === 1 && /^(?:apiVersion|kind)$/.test(path[0])) return null;
    const field = fieldAt(root, path);
    if (!field || field.values.length === 0) return null;
    const name = path[path.length - 1];
    return {
      from,
      options: field.values.map(value => ({
        label: value,
        type: 'enum',
        info: about(name, field),
      })),
      validFor: /^[\w.-]*$/,
    };
  }
  const object = schemaAt(root, path);
  if (!object) return null;
  const options = fieldsOf(root, object)
    .filter(({ name }) => place.hasColon || !place.present.has(name))
    .map(
      (field): Completion => ({
        label: field.name,
        type: 'property',
        detail: field.required
          ? `${field.type} · ${phrases.required}`
          : field.type,
        boost: field.required ? 1 : 0,
        apply: place.hasColon ? field.name : field.name + after(field, place),
        info: about(field.name, field),
      }),
    );
  return options.length > 0 ? { from, options, validFor: /^[\w./-]*$/ } : null;
}

/** What is typed next after a key. */
function after({ type }: Field, { indent }: CompletionPlace): string {
  const deeper = `\n${' '.repeat(indent + 2)}`;
  if (type.startsWith('array')) return `:${deeper}- `;
  const isPlain =
    /^(?:string|integer|number|boolean|any)\b/.test(type) ||
    /^(?:Time|MicroTime|Quantity|IntOrString)$/.test(type);
  return isPlain ? ': ' : `:${deeper}`;
}

function isInText({ state, pos }: CompletionContext): boolean {
  let node = syntaxTree(state).resolveInner(pos, -1);
  for (;;) {
    if (TEXTS.test(node.name)) return true;
    if (!node.parent) return false;
    node = node.parent;
  }
}
