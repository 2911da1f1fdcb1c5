import { environments } from './en/environments';
import { modules } from './en/modules';
import { files } from './en/files';
import { history } from './en/history';
import { states } from './en/states';
import { reasons } from './en/reasons';
import { changes } from './en/changes';
import { review } from './en/review';
import { editor } from './en/editor';
import { deployments } from './en/deployments';
import { compare } from './en/compare';
import { copy } from './en/copy';
import { live } from './en/live';

/** English, and the keys that every other language must have. */
export const messages = {
  ...environments,
  ...modules,
  ...files,
  ...history,
  ...states,
  ...reasons,
  ...changes,
  ...review,
  ...editor,
  ...deployments,
  ...compare,
  ...copy,
  ...live,
};

type FlatKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${FlatKey<T[K]>}`;
}[keyof T & string];

/** The messages' keys as every translation names them. */
export type MessageKey = FlatKey<typeof messages>;

/** One language's words for one part of the messages, complete. */
export type Translation<T> = { [key in FlatKey<T>]: string };
