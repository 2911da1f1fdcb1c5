import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Chip from '@material-ui/core/Chip';
import type { TouchedModule } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { Hint } from '../../status';
import { useText } from '../../translation';
import { ReviewSection } from './ReviewSection';

/** A shared directory may serve dozens: the first are named, the others on demand. */
const NAMED_TARGETS = 3;

function Targets(props: { targets: TouchedModule['targets'] }) {
  const t = useText();
  const names = props.targets.map(
    ({ cluster, namespace }) => `${cluster}/${namespace}`,
  );
  const more = names.slice(NAMED_TARGETS);
  return (
    <>
      {names.slice(0, NAMED_TARGETS).join(', ')}{' '}
      {more.length > 0 && (
        <Hint hint={more.join(', ')}>
          {t('review.moreTargets', { number: String(more.length) })}
        </Hint>
      )}
    </>
  );
}

/** The modules that a change reaches, with where they run. */
export function Touches(props: { touches: readonly TouchedModule[] }) {
  const { touches } = props;
  const t = useText();
  return (
    <ReviewSection title={t('review.touches')}>
      {touches.length === 0 ? (
        t('review.touchesNothing')
      ) : (
        <TableContainer>
          <DataTable size="small" aria-label={t('review.touchesTable')}>
            <TableHead>
              <TableRow>
                <TableCell scope="col">{t('review.module')}</TableCell>
                <TableCell scope="col">{t('review.environment')}</TableCell>
                <TableCell scope="col">{t('review.stage')}</TableCell>
                <TableCell scope="col">{t('review.targets')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {touches.map(
                ({ environment, module, shared, stage, targets }) => (
                  <TableRow key={`${environment}/${module}`}>
                    <TableCell component="th" scope="row" variant="body">
                      {module}{' '}
                      {shared && (
                        <Chip
                          size="small"
                          variant="outlined"
                          label={t('review.shared')}
                          style={{ margin: 0 }}
                        />
                      )}
                    </TableCell>
                    <TableCell>{environment}</TableCell>
                    <TableCell>{stage}</TableCell>
                    <TableCell>
                      <Targets targets={targets} />
                    </TableCell>
                  </TableRow>
                ),
              )}
            </TableBody>
          </DataTable>
        </TableContainer>
      )}
    </ReviewSection>
  );
}
