import { useCallback, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ModuleOperation,
  ModuleRefInEnvironment,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';

export type ModuleOperationState =
  | { status: 'idle' }
  | { status: 'asking' }
  | { status: 'asked'; operation: ModuleOperation }
  | { status: 'refused'; error: Error };

/** Asks the sync engine for something, and knows how that went. What comes of it, the pages learn by themselves. */
export function useModuleOperation(
  ref: ModuleRefInEnvironment,
  onAsked: () => void,
) {
  const api = useApi(slipwayApiRef);
  const [state, setState] = useState<ModuleOperationState>({ status: 'idle' });
  const { configRepo, environment, module } = ref;
  const ask = useCallback(
    async (operation: ModuleOperation) => {
      setState({ status: 'asking' });
      try {
        await api.operateModule({ configRepo, environment, module }, operation);
        setState({ status: 'asked', operation });
        onAsked();
      } catch (error) {
        setState({ status: 'refused', error: toError(error) });
      }
    },
    [api, configRepo, environment, module, onAsked],
  );
  const forget = useCallback(() => setState({ status: 'idle' }), []);
  return { state, ask, forget };
}
