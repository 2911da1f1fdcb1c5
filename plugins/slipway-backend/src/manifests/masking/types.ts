import type { Finding } from '@slipway/backstage-plugin-slipway-common';

/** One secret value in a text. */
export interface SecretSpan {
  start: number;
  end: number;
  /** Of the object that it is in and its path there; see `PathIds`. */
  key: number;
  /** What it says, where that differs from what is written. */
  value: string;
  form: 'scalar' | 'part' | 'comment' | 'document' | 'content';
  /** Name of the field, for people; never a value. */
  name: string;
  /** The Kubernetes object that it is in, for people, as in `Secret shop/db`. */
  object?: string;
  /** It is safe in Git: SOPS encrypted it, or guards what it encrypted with it. */
  encrypted?: boolean;
  /** Nothing secret is here but for a token that somebody put here. */
  open?: boolean;
}

/**
 * How a file is masked of which nothing is to be seen, whatever it looks like: the values of its lines, as of an env file, or all of it.
 *
 * @public
 */
export type WhollySecret = 'lines' | 'content';

/** How a file is read: by its documents, or by its lines. */
export type TextFormat = 'yaml' | 'text';

/**
 * @public
 */
export interface MaskedText {
  text: string;
  /** How many values were masked. */
  masked: number;
  /** A document that might be a Secret could not be read, and is one token as a whole. */
  withheld?: 'unparsable';
}

/**
 * Why an edit of a masked text cannot be taken: `maskTokenUnknown`, `maskTokenMoved`, `maskTokenDoubled`, `maskTokenBroken` or
 * `maskTokenUnreadable`, each with the `token`.
 *
 * @public
 */
export interface MaskProblem extends Finding {
  line: number;
  column: number;
}
