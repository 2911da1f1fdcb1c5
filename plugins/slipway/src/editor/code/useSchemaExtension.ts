import { useMemo } from 'react';
import type { Extension } from '@codemirror/state';
import { useTheme } from '@material-ui/core/styles';
import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../../api';
import { useText } from '../../translation';
import { clusterSchemas, kubernetesSchema, schemaTheme } from '../schema';

/** What a cluster says of the fields of its kinds, on hover and in completion; nothing until the cluster is known. */
export function useSchemaExtension(cluster: string | undefined): Extension {
  const api = useApi(slipwayApiRef);
  const theme = useTheme();
  const t = useText();
  return useMemo(
    () =>
      cluster
        ? [
            schemaTheme(theme),
            kubernetesSchema({
              fetchSchema: clusterSchemas(api, cluster),
              phrases: {
                required: t('editor.schema.required'),
                values: t('editor.schema.values'),
                default: t('editor.schema.default'),
                servedBy: ({ kind, version }) =>
                  t('editor.schema.servedBy', { kind, version, cluster }),
              },
            }),
          ]
        : [],
    [api, cluster, theme, t],
  );
}
