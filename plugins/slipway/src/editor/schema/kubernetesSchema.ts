import { autocompletion } from '@codemirror/autocomplete';
import { EditorState, type Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { completeFields } from './completeFields';
import { keyAt } from './keyAt';
import { fieldAt } from './kindSchema';
import type { FetchSchema } from './rememberedSchemas';
import { renderField, type SchemaPhrases } from './schemaTooltip';

/**
 * What Kubernetes says of the fields of manifests: in YAML and JSON when the pointer rests on a key, and in YAML while somebody types.
 * Schemas come when they come; without one there is nothing to see.
 */
export function kubernetesSchema(options: {
  fetchSchema: FetchSchema;
  phrases: SchemaPhrases;
}): Extension {
  const { fetchSchema, phrases } = options;
  const languageData = [{ autocomplete: completeFields(fetchSchema, phrases) }];
  return [
    autocompletion({ icons: false }),
    EditorState.languageData.of(() => languageData),
    hoverTooltip(async ({ state }, position) => {
      const key = keyAt(state, position);
      if (!key) return null;
      const { apiVersion, kind, path, from, to } = key;
      const schema = await fetchSchema(apiVersion, kind);
      const field = schema && fieldAt(schema.schema, path);
      const name = path.at(-1);
      if (!field || name === undefined) return null;
      return {
        pos: from,
        end: to,
        above: true,
        create: () => ({
          dom: renderField({ name, field, kind, schema, phrases }),
        }),
      };
    }),
  ];
}
