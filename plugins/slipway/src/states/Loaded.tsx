import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import type { LiveQuery } from '../live';
import { ErrorState } from './ErrorState';
import { LoadingRows } from './LoadingRows';
import { StaleNote } from './StaleNote';

/** A query that has been answered at least once. */
export type LoadedQuery<T> = Extract<LiveQuery<T>, { status: 'loaded' }>;

interface LoadedProps<T> {
  query: LiveQuery<T>;
  /** `rows` is about how tall it will be. */
  loading: { label: string; rows?: number };
  failure: {
    title: string;
    /** Whoever is refused lacks this; to read environments when absent. */
    permission?: string;
    /** What is said of what is not there, and where to go on from it. */
    missing?: string;
    goOn?: ReactNode;
  };
  children: (query: LoadedQuery<T>) => ReactNode;
}

/** What was asked for once it is there; until then that it is on its way or why it is not to be had, and afterwards when it is old. */
export function Loaded<T>(props: LoadedProps<T>) {
  const { children, failure, loading, query } = props;
  switch (query.status) {
    case 'loading':
      return <LoadingRows {...loading} />;
    case 'error':
      return (
        <ErrorState
          error={query.error}
          title={failure.title}
          permission={failure.permission ?? 'slipway.environment.read'}
          onRetry={query.refetch}
          missing={failure.missing}
        >
          {failure.goOn}
        </ErrorState>
      );
    default:
      return (
        <>
          {query.refetchError && (
            <Box mb={2}>
              <StaleNote
                error={query.refetchError}
                loadedAt={query.loadedAt}
                onRetry={query.refetch}
              />
            </Box>
          )}
          {children(query)}
        </>
      );
  }
}
