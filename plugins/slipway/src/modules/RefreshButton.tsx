import { useState } from 'react';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDropDown from '@material-ui/icons/ArrowDropDown';
import { useText } from '../translation';

const useStyles = makeStyles(
  { item: { maxWidth: 360, whiteSpace: 'normal' } },
  { name: 'SlipwayRefreshButton' },
);

/** Asks the engine to look again; from scratch behind a menu, since that costs it more. */
export function RefreshButton(props: {
  engine: string;
  /** Whether it can look from scratch. */
  canBeHard: boolean;
  disabled: boolean;
  onRefresh: (options: { hard?: boolean }) => void;
}) {
  const { canBeHard, disabled, engine, onRefresh } = props;
  const classes = useStyles();
  const t = useText();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const close = () => setAnchor(undefined);
  if (!canBeHard) {
    return (
      <Button
        variant="outlined"
        disabled={disabled}
        onClick={() => onRefresh({})}
      >
        {t('modulePage.refresh')}
      </Button>
    );
  }
  return (
    <>
      <ButtonGroup variant="outlined" disabled={disabled}>
        <Button onClick={() => onRefresh({})}>{t('modulePage.refresh')}</Button>
        <Button
          size="small"
          aria-label={t('hardRefresh.menu')}
          aria-haspopup="menu"
          aria-expanded={anchor !== undefined}
          onClick={event => setAnchor(event.currentTarget)}
        >
          <ArrowDropDown />
        </Button>
      </ButtonGroup>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={close}
      >
        <MenuItem
          className={classes.item}
          onClick={() => {
            close();
            onRefresh({ hard: true });
          }}
        >
          <ListItemText
            primary={t('hardRefresh.item')}
            secondary={t('hardRefresh.text', { engine })}
          />
        </MenuItem>
      </Menu>
    </>
  );
}
