import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { CopyForm } from './copyForm';
import { formOf, withForm } from './formParams';

/** Browsers refuse an address that changes with each letter. */
const PAUSE_MS = 300;

/** The form, filled in by the link that led here, and kept in the address so that it can be sent to a colleague. */
export function useCopyForm(): {
  form: CopyForm;
  change: (patch: Partial<CopyForm>) => void;
} {
  const [params, setParams] = useSearchParams();
  const [form, setForm] = useState(() => formOf(params));
  const latest = useRef({ params, setParams });
  latest.current = { params, setParams };
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = latest.current;
      const next = withForm(now.params, form);
      if (String(next) !== String(withForm(now.params, formOf(now.params)))) {
        now.setParams(next, { replace: true });
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [form]);
  const change = useCallback(
    (patch: Partial<CopyForm>) => setForm(before => ({ ...before, ...patch })),
    [],
  );
  return { form, change };
}
