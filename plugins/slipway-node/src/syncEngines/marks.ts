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
 * Labels or annotations that name the engine object which delivered an object.
 *
 * `twoKeys`: its name and its namespace have a key each. `oneKey`: the value is its name, or `namespace_name` where it is not in its
 * controller's namespace; what follows a colon says more.
 *
 * @public
 */
export type OwnerMark =
  | {
      type: 'twoKeys';
      /** Of the engine object, where the engine has several. */
      kind?: string;
      name: string;
      namespace: string;
    }
  | { type: 'oneKey'; key: string };

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
  /** By any of these an object says which engine object delivered it. */
  owners: readonly OwnerMark[];
  /** Annotations that make a manifest a hook, which is run and not kept; the value is its type. */
  hooks: readonly string[];
  /** What is never pruned. */
  kept: readonly MetadataMark[];
  /** What is not applied at all, or not again. */
  leftAlone: readonly MetadataMark[];
}
