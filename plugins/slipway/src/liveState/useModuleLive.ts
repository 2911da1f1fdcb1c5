import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ModuleDetails,
  ModuleLive,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import type { LiveQuery } from '../live';
import { moduleRefOf } from '../modules/moduleRefOf';

/** Longer than the backend shares what the cluster said, which may be from before the engine moved. */
const SETTLED_MS = 4_000;

interface Answer {
  /** What was asked for, and by which of the asks this came about. */
  what: string;
  key: string;
  moment: string;
  read?: { value: ModuleLive; loadedAt: number };
  error?: Error;
}

/** What says that it is worth looking again: each look asks the cluster, so that it is not for every signal. */
function momentOf({ engineObjects, module }: ModuleDetails): string {
  return JSON.stringify([
    engineObjects.map(({ operation, sync }) => [
      sync,
      operation?.phase,
      operation?.finishedAt,
    ]),
    module.states.map(({ fileSync }) => fileSync.state),
  ]);
}

/**
 * What the cluster has of a module against what Git declares, read when it is first shown, once some seconds after the sync engine has
 * moved, and when asked.
 *
 * @param cluster - all targets when empty
 */
export function useModuleLive(
  details: ModuleDetails,
  cluster: string,
): LiveQuery<ModuleLive> {
  const api = useApi(slipwayApiRef);
  const [answer, setAnswer] = useState<Answer>();
  const [asked, setAsked] = useState(0);
  const refetch = useCallback(() => setAsked(number => number + 1), []);
  const ref = useRef(moduleRefOf(details.module));
  ref.current = moduleRefOf(details.module);
  const { configRepo, environment, module } = ref.current;
  const what = JSON.stringify([configRepo, environment, module, cluster]);
  const moment = momentOf(details);
  const key = `${what} ${asked}`;
  const latest = useRef({ what, moment });

  useEffect(() => {
    const isMove =
      latest.current.what === what && latest.current.moment !== moment;
    latest.current = { what, moment };
    if (!isMove) {
      return undefined;
    }
    const timer = setTimeout(refetch, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [what, moment, refetch]);

  useEffect(() => {
    let isCurrent = true;
    const { moment: askedAt } = latest.current;
    const show = (answered: Pick<Answer, 'read' | 'error'>) =>
      isCurrent &&
      setAnswer(before => ({
        what,
        key,
        moment: askedAt,
        // What was read before stays on the screen when it cannot be read again.
        read: before?.what === what ? before.read : undefined,
        ...answered,
      }));
    api
      .getModuleLive(ref.current, cluster ? { cluster } : {})
      .then(value => show({ read: { value, loadedAt: Date.now() } }))
      .catch(error => show({ error: toError(error) }));
    return () => {
      isCurrent = false;
    };
  }, [api, cluster, key, what]);

  if (answer?.what !== what) {
    return { status: 'loading' };
  }
  const { error, read } = answer;
  return read
    ? {
        status: 'loaded',
        ...read,
        outdated: answer.key !== key || answer.moment !== moment,
        refetchError: error,
        refetch,
      }
    : { status: 'error', error: error ?? new Error(), refetch };
}
