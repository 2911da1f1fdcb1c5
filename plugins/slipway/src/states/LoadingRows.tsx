import Box from '@material-ui/core/Box';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import Skeleton from '@material-ui/lab/Skeleton';

/** The shape of what is about to appear. */
export function LoadingRows(props: { label: string; rows?: number }) {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  return (
    <Box role="status" aria-busy aria-label={props.label} py={1}>
      {Array.from({ length: props.rows ?? 4 }, (_, row) => (
        <Box key={row} mb={1}>
          <Skeleton
            variant="rect"
            height={56}
            animation={still ? false : 'pulse'}
          />
        </Box>
      ))}
    </Box>
  );
}
