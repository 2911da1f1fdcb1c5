import { useState } from 'react';
import type {
  Module,
  Rollback,
} from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import { ReviewDrawer, ReviewRequest } from '../review';
import { ChooseCommit } from './ChooseCommit';
import { PermittedButton } from './PermittedButton';

type Step =
  | { name: 'closed' }
  | { name: 'choosing' }
  | { name: 'reviewing'; request: ReviewRequest };

/** Asks which commit of a module is to come back, then reviews that. */
export function RollbackModuleButton(props: { module: Module }) {
  const { module } = props;
  const { configRepo, environment, name } = module;
  const t = useText();
  const [step, setStep] = useState<Step>({ name: 'closed' });
  // Kept while the drawer closes, so that it does not change under the eye.
  const [last, setLast] = useState<ReviewRequest>({ kind: 'rollback' });
  const close = () => setStep({ name: 'closed' });
  const review = (revision: string) => {
    const rollback: Rollback = { environment, module: name, revision };
    const request: ReviewRequest = { kind: 'rollback', rollback };
    setLast(request);
    setStep({ name: 'reviewing', request });
  };
  return (
    <>
      <PermittedButton
        configRepo={configRepo}
        environments={[environment]}
        button={{ variant: 'outlined' }}
        onClick={() => setStep({ name: 'choosing' })}
      >
        {t('rollback.module')}
      </PermittedButton>
      {step.name === 'choosing' && (
        <ChooseCommit module={module} onChoose={review} onClose={close} />
      )}
      <ReviewDrawer
        open={step.name === 'reviewing'}
        configRepo={configRepo}
        request={last}
        onClose={close}
        onCommitted={() => {}}
      />
    </>
  );
}
