import type { ReactNode } from 'react';
import Button, { ButtonProps } from '@material-ui/core/Button';
import { useMayChange } from '../../editor/useMayChange';
import { Hint } from '../../status';
import { useText } from '../../translation';

/** A button for those who may change an environment; others are told what they lack. */
export function PermittedButton(props: {
  configRepo: string;
  /** Whose permission it takes. Where none are known, the plan says what is missing. */
  environments?: readonly string[];
  /** Why nobody can use it now. */
  disabledReason?: string;
  button?: ButtonProps;
  onClick: () => void;
  children: ReactNode;
}) {
  const { button, children, configRepo, environments, onClick } = props;
  const t = useText();
  const may = useMayChange(configRepo, environments);
  const why =
    may.status === 'denied'
      ? t('rollback.denied', { permission: may.permission })
      : props.disabledReason;
  const drawn = (
    <Button
      {...button}
      disabled={
        why !== undefined ||
        (environments !== undefined && may.status === 'loading')
      }
      onClick={onClick}
    >
      {children}
    </Button>
  );
  return why === undefined ? drawn : <Hint hint={why}>{drawn}</Hint>;
}
