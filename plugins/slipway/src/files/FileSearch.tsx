import { RefObject, useEffect } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import Search from '@material-ui/icons/Search';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useUniqueId } from '../layout';
import { useText } from '../translation';

/** Where words are looked for. */
export type SearchMode = 'name' | 'content';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1),
    },
    // What to type must be readable beside the choice, else above it.
    field: { flex: '1 1 200px', minWidth: 0 },
    mode: {
      textTransform: 'none',
      whiteSpace: 'nowrap',
      color: theme.palette.text.primary,
    },
  }),
  { name: 'SlipwayFileSearch' },
);

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        'input, textarea, select, [contenteditable], [role=textbox]',
      ) !== null)
  );
}

export interface FileSearchProps {
  text: string;
  mode: SearchMode;
  input: RefObject<HTMLInputElement>;
  onText: (text: string) => void;
  onMode: (mode: SearchMode) => void;
  /** Arrow down: on to what was found. */
  onLeave: () => void;
}

/** The search box above the tree; `/` comes to it from anywhere on the page. */
export function FileSearch(props: FileSearchProps) {
  const { text, mode, input, onText, onMode, onLeave } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('files-search');

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === '/' && plain && !isTyping(event.target)) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [input]);

  return (
    <div className={classes.root} role="search" aria-label={t('files.search')}>
      <TextField
        id={id}
        className={classes.field}
        type="search"
        size="small"
        variant="outlined"
        placeholder={
          mode === 'name' ? t('files.searchHint') : t('files.contentHint')
        }
        value={text}
        inputRef={input}
        onChange={event => onText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            onLeave();
          }
        }}
        inputProps={{
          maxLength: 200,
          'aria-label': t('files.search'),
          'aria-keyshortcuts': '/',
        }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <Search fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      <ToggleButtonGroup
        exclusive
        size="small"
        value={mode}
        aria-label={t('files.mode')}
        onChange={(_, chosen: SearchMode | null) => chosen && onMode(chosen)}
      >
        <ToggleButton className={classes.mode} value="name">
          {t('files.byName')}
        </ToggleButton>
        <ToggleButton className={classes.mode} value="content">
          {t('files.byContent')}
        </ToggleButton>
      </ToggleButtonGroup>
    </div>
  );
}
