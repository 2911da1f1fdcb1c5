import { useLanguage } from '../translation';
import { Hint } from './Hint';
import { exactTime, relativeTime } from './relativeTime';
import { useNow } from './useNow';

/** When something was, relative to now, with the exact time on hover and focus. */
export function RelativeTime(props: { at: string }) {
  const language = useLanguage();
  const now = useNow();
  return (
    <Hint hint={exactTime(props.at, language)}>
      <time dateTime={props.at}>{relativeTime(props.at, now, language)}</time>
    </Hint>
  );
}
