import type { ComponentType } from 'react';
import SvgIcon, { SvgIconProps } from '@material-ui/core/SvgIcon';
import Block from '@material-ui/icons/Block';
import Cancel from '@material-ui/icons/Cancel';
import CheckCircle from '@material-ui/icons/CheckCircle';
import DescriptionOutlined from '@material-ui/icons/DescriptionOutlined';
import HelpOutline from '@material-ui/icons/HelpOutline';
import LinkIcon from '@material-ui/icons/Link';
import LinkOff from '@material-ui/icons/LinkOff';
import LowPriority from '@material-ui/icons/LowPriority';
import PauseCircleOutline from '@material-ui/icons/PauseCircleOutline';
import RadioButtonUnchecked from '@material-ui/icons/RadioButtonUnchecked';
import RemoveCircleOutline from '@material-ui/icons/RemoveCircleOutline';
import Schedule from '@material-ui/icons/Schedule';
import SyncProblem from '@material-ui/icons/SyncProblem';
import Timelapse from '@material-ui/icons/Timelapse';
import TimerOff from '@material-ui/icons/TimerOff';
import TonalityOutlined from '@material-ui/icons/TonalityOutlined';
import type {
  ChangeState,
  ChangeTarget,
  ClusterConnectionState,
  DeployState,
  FileSyncState,
  HealthState,
  RepoState,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import type { Text } from '../translation';

function NotEqual(props: SvgIconProps) {
  return (
    <SvgIcon {...props}>
      <path d="M19 10H14.9l2.3-4-1.7-1-2.9 5H5v2h6.4l-1.2 2H5v2h4.1l-2.3 4 1.7 1 2.9-5H19v-2h-6.4l1.2-2H19z" />
    </SvgIcon>
  );
}

/** What a state asks of a person: it decides the colour of the icon, never of the words. */
export type Tone = 'ok' | 'busy' | 'warning' | 'error' | 'quiet';

export interface Mark {
  icon: ComponentType<SvgIconProps>;
  tone: Tone;
  word: (t: Text) => string;
}

/** What the sync engine did with one resource. */
export type ResourceStatus =
  | 'Synced'
  | 'OutOfSync'
  | 'SyncFailed'
  | 'Pruned'
  | 'PruneSkipped'
  | 'Unknown';

/** How far an operation of the sync engine is. */
export type Phase =
  | 'Running'
  | 'Terminating'
  | 'Succeeded'
  | 'Failed'
  | 'Error'
  | 'Unknown';

/** Every state that a mark can show, by what it is the state of. */
export type StateOf =
  | { of: 'health'; state: HealthState }
  | { of: 'sync'; state: SyncState }
  | { of: 'fileSync'; state: FileSyncState; commits?: number }
  | { of: 'deployStatus'; state: DeployState }
  | { of: 'connection'; state: ClusterConnectionState }
  | { of: 'repo'; state: RepoState }
  | { of: 'resource'; state: ResourceStatus }
  | { of: 'phase'; state: Phase }
  | { of: 'change'; state: ChangeState }
  | { of: 'changeTarget'; state: ChangeTarget['state'] };

type Marks = {
  [S in StateOf as S['of']]: { [state in S['state']]: Omit<Mark, 'word'> };
};

const unknown = { icon: HelpOutline, tone: 'warning' } as const;

const marks: Marks = {
  health: {
    Healthy: { icon: CheckCircle, tone: 'ok' },
    Progressing: { icon: Timelapse, tone: 'busy' },
    Degraded: { icon: Cancel, tone: 'error' },
    Suspended: { icon: PauseCircleOutline, tone: 'warning' },
    Missing: { icon: Block, tone: 'warning' },
    Unknown: unknown,
  },
  sync: {
    Synced: { icon: CheckCircle, tone: 'ok' },
    OutOfSync: { icon: NotEqual, tone: 'warning' },
    Unknown: { icon: SyncProblem, tone: 'warning' },
  },
  fileSync: {
    Current: { icon: DescriptionOutlined, tone: 'ok' },
    Behind: { icon: DescriptionOutlined, tone: 'warning' },
    Diverged: { icon: DescriptionOutlined, tone: 'error' },
    NotDeployed: { icon: DescriptionOutlined, tone: 'quiet' },
    Unknown: { icon: DescriptionOutlined, tone: 'warning' },
  },
  deployStatus: {
    Deployed: { icon: CheckCircle, tone: 'ok' },
    Deploying: { icon: Timelapse, tone: 'busy' },
    PartlyDeployed: { icon: TonalityOutlined, tone: 'warning' },
    NotDeployed: { icon: RadioButtonUnchecked, tone: 'quiet' },
    Failed: { icon: Cancel, tone: 'error' },
    Unknown: unknown,
  },
  connection: {
    Connected: { icon: LinkIcon, tone: 'ok' },
    Connecting: { icon: Timelapse, tone: 'busy' },
    Unreachable: { icon: LinkOff, tone: 'warning' },
  },
  repo: {
    Successful: { icon: CheckCircle, tone: 'ok' },
    Failed: { icon: Cancel, tone: 'error' },
    Unknown: unknown,
  },
  resource: {
    Synced: { icon: CheckCircle, tone: 'ok' },
    OutOfSync: { icon: NotEqual, tone: 'warning' },
    SyncFailed: { icon: Cancel, tone: 'error' },
    Pruned: { icon: RemoveCircleOutline, tone: 'quiet' },
    PruneSkipped: { icon: RemoveCircleOutline, tone: 'warning' },
    Unknown: unknown,
  },
  phase: {
    Running: { icon: Timelapse, tone: 'busy' },
    Terminating: { icon: Timelapse, tone: 'busy' },
    Succeeded: { icon: CheckCircle, tone: 'ok' },
    Failed: { icon: Cancel, tone: 'error' },
    Error: { icon: Cancel, tone: 'error' },
    Unknown: unknown,
  },
  change: {
    Accepted: { icon: Schedule, tone: 'quiet' },
    Pushing: { icon: Timelapse, tone: 'busy' },
    Following: { icon: Timelapse, tone: 'busy' },
    Live: { icon: CheckCircle, tone: 'ok' },
    Degraded: { icon: Cancel, tone: 'error' },
    TimedOut: { icon: TimerOff, tone: 'warning' },
    Failed: { icon: Cancel, tone: 'error' },
  },
  changeTarget: {
    Waiting: { icon: Schedule, tone: 'quiet' },
    Progressing: { icon: Timelapse, tone: 'busy' },
    Live: { icon: CheckCircle, tone: 'ok' },
    Degraded: { icon: Cancel, tone: 'error' },
    TimedOut: { icon: TimerOff, tone: 'warning' },
    Superseded: { icon: LowPriority, tone: 'quiet' },
  },
};

function wordOf(state: StateOf): Mark['word'] {
  switch (state.of) {
    case 'health':
      return t => t(`health.${state.state}`);
    case 'sync':
      return t => t(`sync.${state.state}`);
    case 'fileSync': {
      const { commits } = state;
      return state.state === 'Behind' && commits
        ? t => t('fileSync.BehindBy', { count: commits })
        : t => t(`fileSync.${state.state}`);
    }
    case 'deployStatus':
      return t => t(`deployState.${state.state}`);
    case 'connection':
      return t => t(`connection.${state.state}`);
    case 'resource':
      return t => t(`resourceStatus.${state.state}`);
    case 'phase':
      return t => t(`phase.${state.state}`);
    case 'change':
      return t => t(`changeState.${state.state}`);
    case 'changeTarget':
      return t => t(`changeTargetState.${state.state}`);
    default:
      return t => t(`repoState.${state.state}`);
  }
}

/** Icon, tone and word of a state. A state that this version does not know is drawn as unknown, under its own name. */
export function markOf(state: StateOf): Mark {
  const known: { [name: string]: Omit<Mark, 'word'> } = marks[state.of];
  const mark = known[state.state];
  return mark
    ? { ...mark, word: wordOf(state) }
    : { ...unknown, word: () => state.state };
}
