import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ChangePlan,
  ChangeRequest,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';

/** Someone who settles conflict after conflict is answered once. */
const PAUSE_MS = 300;

/** What a request would do, as far as that is known. */
export type PlanState =
  | { status: 'planning' }
  | { status: 'error'; error: Error }
  | {
      status: 'planned';
      plan: ChangePlan;
      /** The request that was planned. */
      request: ChangeRequest;
      /** What is shown answers an earlier request, and the new answer is on its way. */
      outdated: boolean;
    };

/**
 * Plans a request, and again whenever it changes. Answers to earlier requests are dropped.
 *
 * @param options - `key`: another one plans again; `request` undefined: there is nothing to ask, or no longer
 */
export function usePlan(options: {
  configRepo: string;
  key: string;
  request: ChangeRequest | undefined;
}): { state: PlanState; planAgain: () => void } {
  const { configRepo, key, request } = options;
  const api = useApi(slipwayApiRef);
  const [state, setState] = useState<PlanState>({ status: 'planning' });
  const [round, setRound] = useState(0);
  const asked = useRef(request);
  asked.current = request;
  const first = useRef(true);
  const wanted = request !== undefined;

  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    const abort = new AbortController();
    const plan = async () => {
      const now = asked.current;
      if (!now) {
        return;
      }
      try {
        const answer = await api.planChange(configRepo, now, {
          signal: abort.signal,
        });
        if (!abort.signal.aborted) {
          setState({
            status: 'planned',
            plan: answer,
            request: now,
            outdated: false,
          });
        }
      } catch (error) {
        if (!abort.signal.aborted) {
          setState({ status: 'error', error: toError(error) });
        }
      }
    };
    setState(before =>
      before.status === 'planned'
        ? { ...before, outdated: true }
        : { status: 'planning' },
    );
    const timer = setTimeout(plan, first.current ? 0 : PAUSE_MS);
    first.current = false;
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, configRepo, key, round, wanted]);

  const planAgain = useCallback(() => setRound(number => number + 1), []);
  return { state, planAgain };
}
