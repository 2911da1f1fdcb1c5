/**
 * An annotation or label that says something by one of its values, which commas separate.
 *
 * @public
 */
export interface MetadataMark {
  key: string;
  value: string;
}

/**
 * How an engine marks what it delivers, and what manifests tell it by marks of their own.
 *
 * @public
 */
export interface EngineMarks {
  /** Names under which it writes, as in `metadata.managedFields`. */
  fieldManagers: readonly string[];
  /** Beginnings of the keys of labels and annotations that it adds to what Git declares. */
  metadata: readonly string[];
  /** Annotations that make a manifest a hook, which is run and not kept; the value is its type. */
  hooks: readonly string[];
  /** What is never pruned. */
  kept: readonly MetadataMark[];
  /** What is not applied at all, or not again. */
  leftAlone: readonly MetadataMark[];
}
