import { useMemo, useState } from 'react';
import type { ButtonProps } from '@material-ui/core/Button';
import type {
  Change,
  Rollback,
} from '@slipway/backstage-plugin-slipway-common';
import { ReviewDrawer } from '../review';
import { PermittedButton } from './PermittedButton';

/**
 * `rollback`: a file or directory at a commit, a module at a commit, or a whole change.
 * `environments`: those that it changes, where they are known, so that who may not is told at once.
 */
export interface RollbackButtonProps {
  configRepo: string;
  rollback: Rollback;
  /** Says what the button does, as it stands on it. */
  title: string;
  /** For screen readers, where the title alone stands in many rows. */
  label?: string;
  environments?: readonly string[];
  /** Why it cannot be used now. */
  disabledReason?: string;
  button?: ButtonProps;
  onCommitted?: (change: Change) => void;
}

const ignore = () => {};

/** Restores what was there before, as a new commit, after a review. */
export function RollbackButton(props: RollbackButtonProps) {
  const { button, configRepo, label, onCommitted, rollback, title } = props;
  const [open, setOpen] = useState(false);
  // The caller writes the object anew with each render.
  const key = JSON.stringify(rollback);
  const request = useMemo(
    () => ({
      kind: 'rollback' as const,
      rollback: JSON.parse(key) as Rollback,
    }),
    [key],
  );
  return (
    <>
      <PermittedButton
        configRepo={configRepo}
        environments={props.environments}
        disabledReason={props.disabledReason}
        button={{
          size: 'small',
          variant: 'outlined',
          ...button,
          'aria-label': label,
        }}
        onClick={() => setOpen(true)}
      >
        {title}
      </PermittedButton>
      <ReviewDrawer
        open={open}
        configRepo={configRepo}
        request={request}
        onClose={() => setOpen(false)}
        onCommitted={onCommitted ?? ignore}
      />
    </>
  );
}
