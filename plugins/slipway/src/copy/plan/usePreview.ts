import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  EnvironmentCopy,
  FileDiff,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';

export type PreviewState =
  | { status: 'loading' }
  | { status: 'error'; error: Error }
  | { status: 'loaded'; diff: FileDiff | undefined };

/** How one file of the target would differ from that of the source. Asked for by itself, so that the plan on the screen stays. */
export function usePreview(options: {
  configRepo: string;
  copy: EnvironmentCopy;
  /** In the target. */
  path: string;
}): { state: PreviewState; again: () => void } {
  const { configRepo, copy, path } = options;
  const api = useApi(slipwayApiRef);
  const [state, setState] = useState<PreviewState>({ status: 'loading' });
  const [round, setRound] = useState(0);
  const asked = JSON.stringify({ ...copy, preview: [path] });
  useEffect(() => {
    const abort = new AbortController();
    const ask = async () => {
      try {
        const plan = await api.planChange(
          configRepo,
          { kind: 'copy', copy: JSON.parse(asked) as EnvironmentCopy },
          { signal: abort.signal },
        );
        const file = plan.copy?.files.find(found => found.path === path);
        if (!abort.signal.aborted) {
          setState({ status: 'loaded', diff: file?.diff });
        }
      } catch (error) {
        if (!abort.signal.aborted) {
          setState({ status: 'error', error: toError(error) });
        }
      }
    };
    ask();
    return () => abort.abort();
  }, [api, configRepo, asked, path, round]);
  return {
    state,
    again: () => {
      setState({ status: 'loading' });
      setRound(number => number + 1);
    },
  };
}
