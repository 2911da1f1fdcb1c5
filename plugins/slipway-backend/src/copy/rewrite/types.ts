import type { Reason } from '@slipway/backstage-plugin-slipway-common';

/** Where a value stands in a manifest. */
export interface ValuePlace {
  /** Name of the field, or of the one whose list the value is in. */
  key: string;
  /** Of the field that holds `key`. */
  parent: string;
  /** As `spec.containers[web].image`, from the root of its document. */
  path: () => string;
  /** Of the Kubernetes object that it is in. */
  kind?: string;
  name?: string;
}

/** A rule that can be tried. */
export interface CompiledRule {
  /** Which of those that were asked for. */
  index: number;
  /** Texts of which at least one stands in any file that the rule has to do with; absent where there are none. */
  needles?: readonly string[];
  /** What a value becomes, the same where the rule does not concern it. */
  apply(value: string, place: ValuePlace): string;
  /** The same of a line of text of which nothing else is known. */
  applyToLine?(line: string): string;
  /** The value is that of the same place in the target, if there is any. */
  keeps?(place: ValuePlace): boolean;
}

export interface CompiledRules {
  rules: CompiledRule[];
  /** By which of those that were asked for. */
  problems: Map<number, Reason>;
}

/** What rules made of a text. */
export interface RewrittenText {
  text: string;
  /** How many values each rule changed, by its index. */
  values: ReadonlyMap<number, number>;
  /** How many values were changed, each counted once. */
  changed: number;
  /** How many values rules were tried on. */
  tried: number;
}
