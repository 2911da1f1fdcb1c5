import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type {
  Deployment,
  ModuleRefInEnvironment,
} from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import { EmptyPanel, LiveRegion, Loaded } from '../states';
import { useText } from '../translation';
import { DeploymentRow } from './DeploymentRow';
import { useDeployments } from './useDeployments';

function DeploymentTable(props: { deployments: readonly Deployment[] }) {
  const { deployments } = props;
  const t = useText();
  const images = deployments.some(deployment => deployment.images?.length);
  const columns = [
    t('deployments.when'),
    t('deployments.phase'),
    t('deployments.revision'),
    t('deployments.target'),
    t('deployments.by'),
    ...(images ? [t('deployments.images')] : []),
    t('deployments.message'),
  ];
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('deployments.title')}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column} scope="col">
                {column}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {deployments.map(deployment => (
            <DeploymentRow
              key={deployment.id}
              deployment={deployment}
              images={images}
            />
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}

/** What landed in a module, newest first, failed ones included. */
export function Deployments(props: { moduleRef: ModuleRefInEnvironment }) {
  const t = useText();
  const { query, more } = useDeployments(props.moduleRef);
  return (
    <Loaded
      query={query}
      loading={{ label: t('deployments.loading') }}
      failure={{ title: t('deployments.error') }}
    >
      {({ outdated, value }) => {
        const { items, nextCursor, sequence } = value;
        return (
          <div aria-busy={outdated}>
            {items.length === 0 ? (
              <EmptyPanel
                title={t('deployments.emptyTitle')}
                text={t('deployments.empty')}
              />
            ) : (
              <DeploymentTable deployments={items} />
            )}
            {nextCursor && (
              <Box p={1} textAlign="center">
                <Button size="small" onClick={more}>
                  {t('deployments.more')}
                </Button>
              </Box>
            )}
            <LiveRegion
              sequence={sequence}
              message={t('deployments.updated')}
            />
          </div>
        );
      }}
    </Loaded>
  );
}
