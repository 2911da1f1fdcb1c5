import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import OpenInNew from '@material-ui/icons/OpenInNew';
import Alert from '@material-ui/lab/Alert';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  ModuleDetails,
  ModuleOperation,
  slipwayEnvironmentSyncPermission,
  stringifyEnvironmentRef,
} from '@slipway/backstage-plugin-slipway-common';
import { RollbackModuleButton } from '../changes/rollback';
import { engineName, engineObjectName } from '../status';
import { errorMessage } from '../states';
import { Text, useText } from '../translation';
import { ConfirmDialog } from './ConfirmDialog';
import { enginesOf, isSyncing, suspendedOf } from './engineObjects';
import { ModuleLinks } from './ModuleLinks';
import { moduleRefOf } from './moduleRefOf';
import { RefreshButton } from './RefreshButton';
import { SyncDialog } from './SyncDialog';
import { useModuleOperation } from './useModuleOperation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    // Behind all actions, those of the gate beside them included.
    result: { width: '100%', order: 1 },
  }),
  { name: 'SlipwayModuleActions' },
);

function askedText(t: Text, operation: ModuleOperation, engine: string) {
  switch (operation.type) {
    case 'refresh':
      return operation.hard
        ? t('hardRefresh.asked', { engine })
        : t('modulePage.refreshAsked', { engine });
    case 'terminate':
      return t('modulePage.stopAsked', { engine });
    case 'suspend':
      return t('modulePage.suspendAsked', { engine });
    case 'resume':
      return t('modulePage.resumeAsked', { engine });
    default:
      return operation.dryRun
        ? t('modulePage.dryRunAsked', { engine })
        : t('modulePage.syncAsked', { engine });
  }
}

/** The pages of the engine's own user interface. */
function EngineLinks(props: { details: ModuleDetails }) {
  const t = useText();
  const linked = props.details.engineObjects.filter(({ url }) => url);
  return (
    <>
      {linked.map(({ ref, url }) => {
        const engine = engineName(ref.engine);
        return (
          <Button
            key={engineObjectName(ref)}
            href={url ?? ''}
            target="_blank"
            rel="noopener noreferrer"
            endIcon={<OpenInNew />}
          >
            {linked.length > 1
              ? t('modulePage.openAt', { engine, cluster: ref.cluster })
              : t('modulePage.open', { engine })}
          </Button>
        );
      })}
    </>
  );
}

function SyncActions(props: { details: ModuleDetails; onAsked: () => void }) {
  const { details, onAsked } = props;
  const { engineObjects, module, operations, operationOptions } = details;
  const classes = useStyles();
  const t = useText();
  const [dialog, setDialog] = useState<'sync' | 'stop' | 'suspend'>();
  const { state, ask, forget } = useModuleOperation(
    moduleRefOf(module),
    onAsked,
  );
  const engine = enginesOf(engineObjects);
  const busy = state.status === 'asking';
  const suspended = suspendedOf(engineObjects);
  // Of engines that know no such thing, it is only resources that are suspended.
  const isPaused = operations.includes('resume') && suspended === 'all';
  const askAndClose = (operation: ModuleOperation) => {
    setDialog(undefined);
    ask(operation);
  };
  return (
    <>
      {operations.includes('sync') && !isPaused && (
        <Button
          color="primary"
          variant="contained"
          disabled={busy}
          onClick={() => setDialog('sync')}
        >
          {t('modulePage.sync')}
        </Button>
      )}
      {operations.includes('refresh') && (
        <RefreshButton
          engine={engine}
          canBeHard={operationOptions.includes('hard')}
          disabled={busy}
          onRefresh={options => ask({ type: 'refresh', ...options })}
        />
      )}
      {operations.includes('terminate') && isSyncing(engineObjects) && (
        <Button
          variant="outlined"
          disabled={busy}
          onClick={() => setDialog('stop')}
        >
          {t('modulePage.stop')}
        </Button>
      )}
      {operations.includes('suspend') && suspended !== 'all' && (
        <Button
          variant="outlined"
          disabled={busy}
          onClick={() => setDialog('suspend')}
        >
          {t('modulePage.suspend')}
        </Button>
      )}
      {operations.includes('resume') && suspended !== 'none' && (
        <Button
          color={isPaused ? 'primary' : 'default'}
          variant={isPaused ? 'contained' : 'outlined'}
          disabled={busy}
          onClick={() => ask({ type: 'resume' })}
        >
          {t('modulePage.resume')}
        </Button>
      )}
      {dialog === 'sync' && (
        <SyncDialog
          details={details}
          onAsk={askAndClose}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'suspend' && (
        <ConfirmDialog
          title={t('modulePage.suspendTitle', {
            module: module.title ?? module.name,
          })}
          text={t('modulePage.suspendText', { engine })}
          confirm={t('modulePage.suspend')}
          onConfirm={() => askAndClose({ type: 'suspend' })}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'stop' && (
        <ConfirmDialog
          title={t('modulePage.stopTitle', {
            module: module.title ?? module.name,
          })}
          text={t('modulePage.stopText', { engine })}
          confirm={t('modulePage.stop')}
          onConfirm={() => askAndClose({ type: 'terminate' })}
          onClose={() => setDialog(undefined)}
        />
      )}
      {/* There before its words, so that screen readers say them. */}
      <div className={classes.result} aria-live="polite">
        {state.status === 'asked' && (
          <Alert severity="info" role="status" onClose={forget}>
            {askedText(t, state.operation, engine)}
          </Alert>
        )}
        {state.status === 'refused' && (
          <Alert severity="error" onClose={forget}>
            {t('modulePage.refused', { message: errorMessage(state.error) })}
          </Alert>
        )}
      </div>
    </>
  );
}

/** What a person may ask of the sync engine, and the way to its own pages and the module's others. */
export function ModuleActions(props: {
  details: ModuleDetails;
  onAsked: () => void;
}) {
  const { details, onAsked } = props;
  const classes = useStyles();
  const t = useText();
  const { allowed } = usePermission({
    permission: slipwayEnvironmentSyncPermission,
    resourceRef: stringifyEnvironmentRef(details.module),
  });
  return (
    <div
      role="group"
      aria-label={t('modulePage.actions')}
      className={classes.root}
    >
      <EngineLinks details={details} />
      <ModuleLinks details={details} />
      {allowed && <SyncActions details={details} onAsked={onAsked} />}
      <RollbackModuleButton module={details.module} />
    </div>
  );
}
