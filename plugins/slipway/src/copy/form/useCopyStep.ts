import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { CopyForm } from './copyForm';
import { withForm } from './formParams';

/** In the order in which they are taken. */
export const copySteps = ['place', 'what', 'plan', 'result'] as const;

export type CopyStep = (typeof copySteps)[number];

/** The step that the address names, and the change once there is one. */
export function useCopyStep(form: CopyForm): {
  step: CopyStep;
  change: number | undefined;
  go: (step: CopyStep, change?: number) => void;
} {
  const [params, setParams] = useSearchParams();
  const named = params.get('change') ?? '';
  const change = /^[1-9]\d{0,14}$/.test(named) ? Number(named) : undefined;
  const wanted = copySteps.find(step => step === params.get('step'));
  const go = useCallback(
    (to: CopyStep, made?: number) => {
      const next = withForm(params, form);
      next.set('step', to);
      next.delete('change');
      if (made !== undefined) {
        next.set('change', String(made));
      }
      setParams(next);
    },
    [params, form, setParams],
  );
  if (change !== undefined) {
    return { step: 'result', change, go };
  }
  // A result without a change is none.
  return {
    step: wanted && wanted !== 'result' ? wanted : 'place',
    change,
    go,
  };
}
