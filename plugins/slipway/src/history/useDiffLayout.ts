import { useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Below each other or side by side. */
export type DiffLayout = 'unified' | 'split';

const KEY = 'diffLayout';

/** The person's choice, remembered where the portal remembers choices. */
export function useDiffLayout(): [DiffLayout, (layout: DiffLayout) => void] {
  const bucket = useApi(storageApiRef).forBucket('slipway');
  const [layout, setLayout] = useState<DiffLayout>(() =>
    bucket.snapshot(KEY).value === 'split' ? 'split' : 'unified',
  );
  return [
    layout,
    chosen => {
      setLayout(chosen);
      bucket.set(KEY, chosen);
    },
  ];
}
