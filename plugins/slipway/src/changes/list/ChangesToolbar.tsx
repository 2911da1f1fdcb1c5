import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { MultiSelect } from '../../environments/MultiSelect';
import { SearchField } from '../../environments/SearchField';
import { useText } from '../../translation';
import {
  ChangeFilters,
  changeKinds,
  changeStates,
  isNarrowed,
} from './changeFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2),
    },
  }),
  { name: 'SlipwayChangesToolbar' },
);

/** Search and filters of a list of changes. */
export function ChangesToolbar(props: {
  filters: ChangeFilters;
  onChange: (patch: Partial<ChangeFilters>) => void;
  onClear: () => void;
}) {
  const { filters, onChange, onClear } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div role="group" aria-label={t('changes.filter')} className={classes.root}>
      <SearchField
        value={filters.search}
        hint={t('changes.search')}
        onChange={search => onChange({ search })}
      />
      <MultiSelect
        label={t('changes.state')}
        options={changeStates.map(state => ({
          value: state,
          label: t(`changeState.${state}`),
        }))}
        selected={filters.states}
        onChange={selected =>
          onChange({
            states: changeStates.filter(state => selected.includes(state)),
          })
        }
      />
      <MultiSelect
        label={t('changes.kind')}
        options={changeKinds.map(kind => ({
          value: kind,
          label: t(`changeKind.${kind}`),
        }))}
        selected={filters.kinds}
        onChange={selected =>
          onChange({
            kinds: changeKinds.filter(kind => selected.includes(kind)),
          })
        }
      />
      {isNarrowed(filters) && (
        <Button size="small" onClick={onClear}>
          {t('changes.clear')}
        </Button>
      )}
    </div>
  );
}
