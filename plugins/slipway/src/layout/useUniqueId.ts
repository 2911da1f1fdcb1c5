import { useState } from 'react';

let last = 0;

/** An id that no other element on the page has, for labels. (React's own `useId` is not there in 17.) */
export function useUniqueId(prefix: string): string {
  const [id] = useState(() => {
    last += 1;
    return `slipway-${prefix}-${last}`;
  });
  return id;
}
