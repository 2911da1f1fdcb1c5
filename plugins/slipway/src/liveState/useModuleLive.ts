import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ModuleDetails,
  ModuleLive,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { moduleRefOf } from '../modules/moduleRefOf';

export type ModuleLiveQuery =
  | { status: 'loading' }
  | { status: 'error'; error: Error; refetch: () => void }
  | {
      status: 'loaded';
      value: ModuleLive;
      /** Another answer is on its way. */
      outdated: boolean;
      refetch: () => void;
    };

/** Longer than the backend shares what it read, which may be from before the engine moved. */
const SETTLED_MS = 4_000;

interface Answer {
  key: string;
  value?: ModuleLive;
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
 * What the cluster has of a module against what Git declares, read when it is first shown, when the sync engine has moved, and when
 * asked.
 *
 * @param cluster - all targets when empty
 */
export function useModuleLive(
  details: ModuleDetails,
  cluster: string,
): ModuleLiveQuery {
  const api = useApi(slipwayApiRef);
  const [answer, setAnswer] = useState<Answer>();
  const [asked, setAsked] = useState(0);
  const refetch = useCallback(() => setAsked(number => number + 1), []);
  const ref = useRef(moduleRefOf(details.module));
  ref.current = moduleRefOf(details.module);
  const { configRepo, environment, module } = ref.current;
  const what = JSON.stringify([configRepo, environment, module, cluster]);
  const moment = momentOf(details);
  const key = `${what} ${moment} ${asked}`;
  const lastMoment = useRef(moment);

  useEffect(() => {
    if (lastMoment.current === moment) {
      return undefined;
    }
    lastMoment.current = moment;
    const timer = setTimeout(refetch, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [moment, refetch]);

  useEffect(() => {
    let isCurrent = true;
    const show = (shown: Omit<Answer, 'key'>) =>
      isCurrent && setAnswer({ key, ...shown });
    api
      .getModuleLive(ref.current, cluster ? { cluster } : {})
      .then(value => show({ value }))
      .catch(error => show({ error: toError(error) }));
    return () => {
      isCurrent = false;
    };
  }, [api, cluster, key]);

  if (!answer || !answer.key.startsWith(`${what} `)) {
    return { status: 'loading' };
  }
  if (answer.value) {
    const outdated = answer.key !== key;
    return { status: 'loaded', value: answer.value, outdated, refetch };
  }
  const error = answer.error ?? new Error();
  return { status: 'error', error, refetch };
}
