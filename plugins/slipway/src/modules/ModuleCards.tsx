import { RefObject, useEffect, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { ModuleCard } from './ModuleCard';
import type { ListedModule } from './moduleFilters';
import { useWindowed, WINDOWED_FROM } from './useWindowed';

const CARD_WIDTH = 340;
const CARD_HEIGHT = 190;

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowY: 'auto', maxHeight: 'calc(100vh - 160px)' },
    grid: {
      display: 'grid',
      gap: theme.spacing(2),
      padding: theme.spacing(0, 2, 2),
    },
  }),
  { name: 'SlipwayModuleCards' },
);

/** How many cards stand side by side. */
function useColumns(element: RefObject<HTMLElement>): number {
  const [columns, setColumns] = useState(3);
  useEffect(() => {
    const measured = element.current;
    if (!measured || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) =>
      setColumns(Math.max(1, Math.floor(entry.contentRect.width / CARD_WIDTH))),
    );
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element]);
  return columns;
}

/** The modules as cards. */
export function ModuleCards(props: {
  modules: ListedModule[];
  showEnvironment: boolean;
}) {
  const { modules, showEnvironment } = props;
  const classes = useStyles();
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroll);
  const on = modules.length > WINDOWED_FROM;
  const { rows, before, after, measure } = useWindowed({
    on,
    count: Math.ceil(modules.length / columns),
    height: CARD_HEIGHT,
    around: 1,
    scroll,
  });
  return (
    <div
      ref={scroll}
      role="list"
      aria-label={t('module.title')}
      className={on ? classes.scroll : undefined}
    >
      <div style={{ height: before }} />
      {rows.map(row => (
        <div
          key={row}
          ref={measure}
          data-index={row}
          className={classes.grid}
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {modules.slice(row * columns, (row + 1) * columns).map(listed => (
            <div
              role="listitem"
              key={`${listed.module.configRepo}/${listed.module.environment}/${listed.module.name}`}
            >
              <ModuleCard listed={listed} showEnvironment={showEnvironment} />
            </div>
          ))}
        </div>
      ))}
      <div style={{ height: after }} />
    </div>
  );
}
