import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { isError, toError } from '@backstage/errors';
import type {
  Change,
  ChangeRequest,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';

/** How far the commit of a reviewed request is. */
export type CommitState =
  | { status: 'idle' }
  | { status: 'committing' }
  /** Someone else changed a file meanwhile: it was planned again. */
  | { status: 'moved' }
  /** It is recorded, and nothing of it is in the branch. */
  | { status: 'refused'; change: Change }
  /** It was turned down before anything was recorded. */
  | { status: 'rejected'; error: Error }
  /** No answer, or none that says what became of it. */
  | { status: 'failed'; error: Error }
  | { status: 'committed'; change: Change };

/** Browsers offer `crypto.randomUUID` over HTTPS only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** What an error means: the backend's no, or that nobody knows. */
function stateAfter(error: Error): CommitState {
  const { name } = isError(error.cause) ? error.cause : error;
  switch (name) {
    case 'ConflictError':
      return { status: 'moved' };
    case 'InputError':
    case 'NotAllowedError':
    case 'NotFoundError':
      return { status: 'rejected', error };
    default:
      return { status: 'failed', error };
  }
}

/**
 * Commits a request, once however often it is asked. Until an answer says how it ended, the same request carries the same key,
 * so that the backend carries it out once.
 *
 * @param key - names the reviewed request; another one is another change
 */
export function useCommit(options: {
  configRepo: string;
  key: string;
  planAgain: () => void;
  onCommitted: (change: Change) => void;
}) {
  const { configRepo, key } = options;
  const api = useApi(slipwayApiRef);
  const latest = useRef(options);
  latest.current = options;
  const [state, setState] = useState<CommitState>({ status: 'idle' });
  const running = useRef(false);
  const idempotencyKey = useRef<string>();
  useEffect(() => {
    idempotencyKey.current = undefined;
  }, [key]);

  const commit = useCallback(
    async (request: ChangeRequest) => {
      if (running.current) {
        return;
      }
      running.current = true;
      idempotencyKey.current ??= newKey();
      setState({ status: 'committing' });
      try {
        const change = await api.createChange(configRepo, {
          ...request,
          idempotencyKey: idempotencyKey.current,
        });
        if (change.summary.state !== 'Failed') {
          setState({ status: 'committed', change });
          latest.current.onCommitted(change);
          return;
        }
        idempotencyKey.current = undefined;
        const code = change.summary.reason?.code;
        const moved = code === 'conflict' || code === 'planMoved';
        setState(moved ? { status: 'moved' } : { status: 'refused', change });
        // Whatever stood in the way, the plan before did not know of it.
        latest.current.planAgain();
      } catch (error) {
        setState(stateAfter(toError(error)));
        latest.current.planAgain();
      } finally {
        running.current = false;
      }
    },
    [api, configRepo],
  );
  return { state, commit };
}
