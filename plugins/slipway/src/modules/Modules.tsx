import { useDeferredValue, useMemo } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useSearchParams } from 'react-router-dom';
import { FindingAlert } from '../findings';
import { EmptyPanel, LiveRegion, Loaded } from '../states';
import { useText } from '../translation';
import { ModuleCards } from './ModuleCards';
import {
  filterModules,
  moduleFilterNames,
  parseModuleFilters,
} from './moduleFilters';
import { ModuleFilters } from './ModuleFilters';
import { ModuleTable } from './ModuleTable';
import { ModuleViewChoice } from './ModuleViewChoice';
import { ModuleList, ModuleScope, useModules } from './useModules';
import { useModuleView } from './useModuleView';
import { WINDOWED_FROM } from './useWindowed';

const useStyles = makeStyles(
  theme => ({
    toolbar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2),
    },
    choice: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      color: theme.palette.textSubtle,
    },
  }),
  { name: 'SlipwayModules' },
);

function LoadedModules(props: { list: ModuleList; showEnvironment: boolean }) {
  const { items } = props.list;
  const { showEnvironment } = props;
  const classes = useStyles();
  const t = useText();
  const [params, setParams] = useSearchParams();
  const { view, choose } = useModuleView();
  const filters = useMemo(() => parseModuleFilters(params), [params]);
  // The controls answer at once; the rows follow, and may be interrupted.
  const deferred = useDeferredValue(filters);
  const shown = useMemo(
    () => filterModules(items, deferred),
    [items, deferred],
  );
  const change = (values: { [name: string]: string }) =>
    setParams(
      current => {
        const next = new URLSearchParams(current);
        for (const [name, value] of Object.entries(values)) {
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
        }
        return next;
      },
      // In the search each letter is not a step of the history.
      { replace: 'q' in values },
    );
  // By what there is, not by what is shown, so that a filter does not turn one into the other.
  const shownAs = view ?? (items.length > WINDOWED_FROM ? 'list' : 'cards');
  const Shown = shownAs === 'list' ? ModuleTable : ModuleCards;

  if (items.length === 0) {
    return (
      <EmptyPanel title={t('empty.modulesTitle')} text={t('empty.modules')} />
    );
  }
  return (
    <>
      <div className={classes.toolbar}>
        <ModuleFilters
          filters={filters}
          onChange={(name, value) => change({ [name]: value })}
        />
        <div className={classes.choice}>
          <span role="status">
            {t('module.shown', {
              shown: String(shown.length),
              total: String(items.length),
            })}
          </span>
          <ModuleViewChoice view={shownAs} onChange={choose} />
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyPanel
          title={t('empty.matchTitle')}
          text={t('empty.modulesMatch')}
        >
          <Button
            variant="outlined"
            onClick={() =>
              change(
                Object.fromEntries(
                  [...moduleFilterNames, 'q'].map(name => [name, '']),
                ),
              )
            }
          >
            {t('empty.clear')}
          </Button>
        </EmptyPanel>
      ) : (
        <Shown modules={shown} showEnvironment={showEnvironment} />
      )}
    </>
  );
}

/** The modules in scope, each with its states, as cards or as a list. */
export function Modules(props: { scope: ModuleScope }) {
  const { scope } = props;
  const t = useText();
  const query = useModules(scope);
  return (
    <Loaded
      query={query}
      loading={{ label: t('module.loading') }}
      failure={{ title: t('error.modules') }}
    >
      {({ value }) => (
        <>
          {value.findings.map((finding, index) => (
            <FindingAlert key={index} finding={finding} />
          ))}
          <LoadedModules list={value} showEnvironment={'entityRef' in scope} />
          <LiveRegion sequence={value.sequence} message={t('module.updated')} />
        </>
      )}
    </Loaded>
  );
}
