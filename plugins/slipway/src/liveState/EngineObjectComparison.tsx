import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { EngineObjectLive } from '@slipway/backstage-plugin-slipway-common';
import { Fold } from '../compare';
import { engineObjectName, reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { LiveObjectDetails } from './LiveObjectDetails';
import { countsText, sourceText } from './liveText';

const useStyles = makeStyles(
  theme => ({
    head: {
      padding: theme.spacing(2),
      '& p': { margin: theme.spacing(0.5, 0, 0) },
    },
    title: {
      ...theme.typography.h6,
      margin: 0,
      overflowWrap: 'anywhere',
    },
    subtle: { color: theme.palette.textSubtle },
    quiet: { padding: theme.spacing(0, 2, 1) },
  }),
  { name: 'SlipwayEngineObjectComparison' },
);

/** What one engine object delivers: what a sync would touch first, the rest on demand. */
export function EngineObjectComparison(props: { item: EngineObjectLive }) {
  const { item } = props;
  const { engineObject, more = 0, objects, reason, source } = item;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const telling = objects.filter(({ state }) => state !== 'Same');
  const same = objects.filter(({ state }) => state === 'Same');
  const keyOf = (index: number) => `${engineObjectName(engineObject)}/${index}`;
  return (
    <>
      <div className={classes.head}>
        <h3 className={classes.title}>{engineObjectName(engineObject)}</h3>
        <p className={classes.subtle}>{sourceText(t, item)}</p>
        {objects.length > 0 && <p role="status">{countsText(t, item)}</p>}
        {source !== 'none' && objects.length === 0 && (
          <p role="status">{t('live.noObjects')}</p>
        )}
        {more > 0 && <p>{t('live.more', { count: more })}</p>}
      </div>
      {reason && (
        <Alert severity="info" role="note">
          {reasonText(t, reason, language)}
        </Alert>
      )}
      {telling.map((object, index) => (
        <LiveObjectDetails key={keyOf(index)} object={object} source={source} />
      ))}
      {same.length > 0 && (
        <div className={classes.quiet}>
          <Fold
            show={t('live.showSame', { count: same.length })}
            hide={t('live.hideSame')}
          >
            {same.map((object, index) => (
              <LiveObjectDetails
                key={keyOf(index)}
                object={object}
                source={source}
              />
            ))}
          </Fold>
        </div>
      )}
    </>
  );
}
