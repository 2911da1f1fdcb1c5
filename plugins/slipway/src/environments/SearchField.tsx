import { useEffect, useRef, useState } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import Search from '@material-ui/icons/Search';
import { useUniqueId } from '../layout';
import { useText } from '../translation';

const TYPING_MS = 250;

/** A search box that lets one type in peace and reports once one pauses. */
export function SearchField(props: {
  value: string;
  onChange: (value: string) => void;
  /** What is searched, where it is not environments. */
  hint?: string;
  /** Milliseconds to wait for the next letter; little where nobody has to be asked for the answer. */
  pause?: number;
}) {
  const { value, onChange, hint, pause = TYPING_MS } = props;
  const t = useText();
  const id = useUniqueId('search');
  const [text, setText] = useState(value);
  const reported = useRef(value);
  const report = useRef(onChange);
  report.current = onChange;

  // The URL changed by other means: back, a link, clear.
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    const trimmed = text.trim();
    if (trimmed === reported.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      reported.current = trimmed;
      report.current(trimmed);
    }, pause);
    return () => clearTimeout(timer);
  }, [text, pause]);

  return (
    <TextField
      id={id}
      type="search"
      size="small"
      variant="outlined"
      label={t('environments.search')}
      placeholder={hint ?? t('environments.searchHint')}
      value={text}
      onChange={event => setText(event.target.value)}
      inputProps={{ maxLength: 200 }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <Search fontSize="small" />
          </InputAdornment>
        ),
      }}
    />
  );
}
