import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import ViewList from '@material-ui/icons/ViewList';
import ViewModule from '@material-ui/icons/ViewModule';
import { useText } from '../translation';
import type { ModuleView } from './useModuleView';

/** Cards or list. */
export function ModuleViewChoice(props: {
  view: ModuleView;
  onChange: (view: ModuleView) => void;
}) {
  const t = useText();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={t('module.view')}
      value={props.view}
      onChange={(_event, view: ModuleView | null) => {
        if (view) {
          props.onChange(view);
        }
      }}
    >
      <ToggleButton value="cards" aria-label={t('module.cards')}>
        <ViewModule fontSize="small" />
      </ToggleButton>
      <ToggleButton value="list" aria-label={t('module.list')}>
        <ViewList fontSize="small" />
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
