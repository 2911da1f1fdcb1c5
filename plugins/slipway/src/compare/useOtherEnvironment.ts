import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const OTHER = 'other';

/** The environment to compare with, kept in the URL, so that a link shows a colleague the same. */
export function useOtherEnvironment(environment: string): {
  other: string | undefined;
  choose: (other: string) => void;
} {
  const [params, setParams] = useSearchParams();
  const named = params.get(OTHER);
  const choose = useCallback(
    (other: string) =>
      setParams(current => {
        const next = new URLSearchParams(current);
        next.set(OTHER, other);
        return next;
      }),
    [setParams],
  );
  // An environment beside itself says nothing.
  const other = named && named !== environment ? named : undefined;
  return { other, choose };
}
