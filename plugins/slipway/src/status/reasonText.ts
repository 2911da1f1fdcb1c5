import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { Text } from '../translation';
import { messages } from '../translation/messages';
import { exactTime } from './relativeTime';

const sentences: { [key: string]: string } = messages.reason;

/** Codes that read better when a parameter is there which may be missing. */
const fuller: { [code: string]: { param: string; key: string } } = {
  branchNotFound: { param: 'branch', key: 'branchNotFoundNamed' },
  credentialsUnreadable: { param: 'file', key: 'credentialsUnreadableIn' },
  clusterUnreachable: { param: 'since', key: 'clusterUnreachableSince' },
  schemaInvalid: { param: 'expected', key: 'schemaExpected' },
};

/**
 * The sentence for a reason or a finding. Each code has a message of its name; a new code needs no more than that.
 * A code that this version does not know is shown as it is, with the message that came along, rather than hidden.
 */
export function reasonText(
  t: Text,
  reason: Pick<Reason, 'code' | 'params'>,
  language: string,
): string {
  const { code, params } = reason;
  // What the other side said itself, for people to read.
  const message = params.message ?? params.detail;
  if (!Object.hasOwn(sentences, code)) {
    return message
      ? t('reasonFrame.unknownWithMessage', { code, message })
      : code;
  }
  const variant = Object.hasOwn(fuller, code) ? fuller[code] : undefined;
  const key = variant && params[variant.param] ? variant.key : code;
  const names = Array.from(
    sentences[key].matchAll(/\{\{(\w+)\}\}/g),
    match => match[1],
  );
  const values = Object.fromEntries(
    names.map(name => {
      // A parameter that is missing must not leave a hole in the sentence.
      const value = name === 'message' ? message : params[name];
      return [
        name,
        name === 'since' && value ? exactTime(value, language) : value ?? '…',
      ];
    }),
  );
  // The types of `t` know each message's parameters; here the message decides which are taken.
  const translate = t as (key: string, values: object) => string;
  const sentence = translate(`reason.${key}`, values);
  return message && !names.includes('message')
    ? t('reasonFrame.withMessage', { sentence, message })
    : sentence;
}
