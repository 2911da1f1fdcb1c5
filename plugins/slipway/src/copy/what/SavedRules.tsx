import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CopyRule,
  SavedCopyRules,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';
import { useUniqueId } from '../../layout';
import { useLiveQuery } from '../../live';
import { useText } from '../../translation';
import { ChoiceField } from '../place/ChoiceField';
import { sameRules } from './sameRule';

/** As long as the name of a file may be. */
const MAX_NAME = 100;

const useStyles = makeStyles(
  theme => ({
    field: { minWidth: 240, maxWidth: '100%', flex: '0 1 320px' },
    fields: { gap: theme.spacing(2) },
  }),
  { name: 'SlipwaySavedRules' },
);

/** Rules that the config repo keeps under a name: to choose from, and to add to. */
export function SavedRules(props: {
  configRepo: string;
  /** Undefined while none were chosen nor proposed yet. */
  rules: readonly CopyRule[] | undefined;
  onRules: (rules: CopyRule[]) => void;
  /** Name under which they will be saved; empty where they will not. */
  name: string;
  onName: (name: string) => void;
}) {
  const { configRepo, name, onName, onRules, rules } = props;
  const api = useApi(slipwayApiRef);
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('save-rules');
  const query = useLiveQuery({
    key: configRepo,
    fetch: () => api.listCopyRules(configRepo),
    sequenceOf: list => list.sequence,
  });
  const saved: SavedCopyRules[] =
    query.status === 'loaded' ? query.value.items : [];
  const chosen = saved.find(one => sameRules(one.rules, rules ?? []));
  const replaces = saved.some(one => one.name === name.trim());
  const failed = query.status === 'error';
  return (
    <Box mt={2} display="flex" flexWrap="wrap" className={classes.fields}>
      {(saved.length > 0 || failed) && (
        <ChoiceField
          className={classes.field}
          label={t('copy.savedRules')}
          value={chosen?.name ?? ''}
          choices={saved.map(one => ({
            value: one.name,
            label: one.title ?? one.name,
          }))}
          none={t('copy.noSavedRules')}
          helperText={failed ? t('copy.savedRulesError') : undefined}
          onChange={value => {
            const picked = saved.find(one => one.name === value);
            if (picked) onRules(picked.rules);
          }}
        />
      )}
      <TextField
        id={id}
        size="small"
        variant="outlined"
        className={classes.field}
        label={t('copy.saveRules')}
        value={name}
        disabled={!rules?.length}
        inputProps={{ maxLength: MAX_NAME }}
        helperText={t(
          replaces ? 'copy.saveRulesReplaces' : 'copy.saveRulesText',
        )}
        onChange={event => onName(event.target.value)}
      />
    </Box>
  );
}
