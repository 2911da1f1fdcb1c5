import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { useSignal } from '@backstage/plugin-signals-react';
import { RefetchGate } from './RefetchGate';

const SIGNAL_CHANNEL = 'slipway';
const REFETCH_INTERVAL_MS = 500;
/** Without signals the page looks again by itself, seldom. */
const FALLBACK_MS = 60_000;
/** With signals it still does, because a connection that was lost for a while loses messages. */
const SAFETY_MS = 300_000;

/** What a page knows of something that it reads and that changes. */
export type LiveQuery<T> =
  | { status: 'loading' }
  | { status: 'error'; error: Error; refetch: () => void }
  | {
      status: 'loaded';
      value: T;
      /** When what is shown was read, in ms. */
      loadedAt: number;
      /** What is shown answers an earlier question (other filters) and the new answer is on its way. */
      outdated: boolean;
      /** The last refetch failed: what is shown is as of `loadedAt`. */
      refetchError?: Error;
      refetch: () => void;
    };

interface Answer<T> {
  value?: { key: string; value: T; loadedAt: number };
  error?: Error;
}

interface LiveQueryOptions<T> {
  /** Says what is asked: another key asks again, and keeps the old answer on screen meanwhile. */
  key: string;
  fetch: () => Promise<T>;
  /** The read model's sequence in an answer, where it has one. */
  sequenceOf?: (value: T) => number;
}

/**
 * Reads something and keeps it current: when the backend signals that the read model moved,
 * when the window gets the focus back, and seldom by itself.
 */
export function useLiveQuery<T>(options: LiveQueryOptions<T>): LiveQuery<T> {
  const { key } = options;
  const latest = useRef(options);
  latest.current = options;
  const [answer, setAnswer] = useState<Answer<T>>();
  const gate = useRef<RefetchGate>();
  const run = useRef(0);
  const { lastSignal, isSignalsAvailable } = useSignal<{ sequence: number }>(
    SIGNAL_CHANNEL,
  );

  const load = useCallback(async () => {
    const { key: askedKey, fetch, sequenceOf } = latest.current;
    run.current += 1;
    const thisRun = run.current;
    gate.current?.begin();
    try {
      const value = await fetch();
      if (thisRun === run.current) {
        setAnswer({ value: { key: askedKey, value, loadedAt: Date.now() } });
        gate.current?.end(sequenceOf?.(value));
      }
    } catch (error) {
      if (thisRun === run.current) {
        // An answer to another question would be wrong below this one's error.
        setAnswer(previous => ({
          value: previous?.value?.key === askedKey ? previous.value : undefined,
          error: toError(error),
        }));
        gate.current?.end();
      }
    }
  }, []);

  useEffect(() => {
    const current = RefetchGate.create({
      fetch: load,
      intervalMs: REFETCH_INTERVAL_MS,
    });
    gate.current = current;
    return () => {
      current.stop();
      run.current += 1;
    };
  }, [load]);

  useEffect(() => {
    load();
  }, [load, key]);

  const sequence = lastSignal?.sequence;
  useEffect(() => {
    if (typeof sequence === 'number') {
      gate.current?.signal(sequence);
    }
  }, [sequence]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') {
        gate.current?.want();
      }
    };
    const timer = setInterval(
      look,
      isSignalsAvailable ? SAFETY_MS : FALLBACK_MS,
    );
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
    };
  }, [isSignalsAvailable]);

  const refetch = useCallback(() => gate.current?.want(), []);

  if (!answer) {
    return { status: 'loading' };
  }
  if (answer.value) {
    return {
      status: 'loaded',
      value: answer.value.value,
      loadedAt: answer.value.loadedAt,
      outdated: answer.value.key !== key,
      refetchError: answer.error,
      refetch,
    };
  }
  return {
    status: 'error',
    error: answer.error ?? new Error(),
    refetch,
  };
}
