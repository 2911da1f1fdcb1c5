import { useCallback, useState } from 'react';

export type ModuleView = 'cards' | 'list';

const KEY = 'slipway.modules.view';

function read(): ModuleView | undefined {
  try {
    const saved = window.localStorage.getItem(KEY);
    return saved === 'cards' || saved === 'list' ? saved : undefined;
  } catch {
    // The browser keeps nothing for this site.
    return undefined;
  }
}

/** Cards or list: what the person chose last in this browser, `undefined` until they do. */
export function useModuleView() {
  const [view, setView] = useState(read);
  const choose = useCallback((next: ModuleView) => {
    setView(next);
    try {
      window.localStorage.setItem(KEY, next);
    } catch {
      // It holds for as long as the page is open.
    }
  }, []);
  return { view, choose };
}
