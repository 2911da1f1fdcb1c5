import { useEffect, useMemo, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { DraftSnapshot, DraftStore } from './DraftStore';
import type { Draft } from './types';

/** Whatever shows a draft shows the same. */
const stores = new Map<string, DraftStore>();

const NOTHING: DraftSnapshot = { operations: [], kept: true, commits: 0 };

function storeOf(userEntityRef: string, configRepo: string): DraftStore {
  const key = JSON.stringify([userEntityRef, configRepo]);
  const known = stores.get(key);
  if (known) {
    return known;
  }
  const store = DraftStore.create({
    userEntityRef,
    configRepo,
    storage: () => window.localStorage,
  });
  stores.set(key, store);
  return store;
}

/** Who is signed in, once it is known. */
function useUserEntityRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const [userEntityRef, setUserEntityRef] = useState<string>();
  useEffect(() => {
    let current = true;
    identity.getBackstageIdentity().then(
      found => current && setUserEntityRef(found.userEntityRef),
      // Without an identity nothing can be committed, but what is typed is kept all the same.
      () => current && setUserEntityRef(''),
    );
    return () => {
      current = false;
    };
  }, [identity]);
  return userEntityRef;
}

/** The signed-in person's drafts of these config repos, in the same order, kept current across tabs. */
export function useDrafts(configRepos: readonly string[]): readonly Draft[] {
  const userEntityRef = useUserEntityRef();
  const key = JSON.stringify(configRepos);
  const names: readonly string[] = useMemo(() => JSON.parse(key), [key]);
  const [, setVersion] = useState(0);
  const found = useMemo(
    () =>
      userEntityRef === undefined
        ? undefined
        : names.map(name => storeOf(userEntityRef, name)),
    [names, userEntityRef],
  );
  useEffect(() => {
    const changed = () => setVersion(version => version + 1);
    const stops = found?.map(store => store.subscribe(changed)) ?? [];
    changed();
    return () => stops.forEach(stop => stop());
  }, [found]);

  const snapshots = names.map(
    (_, index) => found?.[index]?.snapshot ?? NOTHING,
  );
  return useMemo(
    () =>
      names.map((configRepo, index): Draft => {
        const store = found?.[index];
        return {
          configRepo,
          ready: snapshots[index] !== NOTHING,
          ...snapshots[index],
          put: operation => store?.replace([], [operation]),
          remove: path => store?.replace([path], []),
          replace: (removed, operations) => store?.replace(removed, operations),
          removeCommitted: operations => store?.removeCommitted(operations),
          clear: () => store?.clear(),
        };
      }),
    // The snapshots are spread, as there are as many as names.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [names, found, ...snapshots],
  );
}

/** The signed-in person's draft of one config repo. */
export function useDraft(configRepo: string): Draft {
  return useDrafts([configRepo])[0];
}
