/**
 * One entry of `spec.layouts` in `.slipway/repo.yaml`.
 *
 * @public
 */
export interface LayoutDefinition {
  /**
   * Path template from the root of the repository: `/`-separated segments of literal text and placeholders, `{name}` or
   * `{name:a|b}`. It holds `{module}`, and `{environment}` unless `environment` composes it.
   */
  path: string;
  /** Composes the environment's name of the path's other placeholders, as in `'{cluster}-{stage}'`. */
  environment?: string;
  /**
   * Whether the path names a directory or one file. Without it, a path that ends in a literal extension
   * (`image-tags/{environment}/{module}.yaml`) names files, and any other names directories. A module that is one file
   * without an extension has to be said: from the path alone, a README beside the modules would be a module too.
   */
  module?: ModuleKind;
}

/**
 * What a module is on disk.
 *
 * @public
 */
export type ModuleKind = 'directory' | 'file';

/**
 * Where the modules of a repository are unless it says otherwise.
 *
 * @public
 */
export const DEFAULT_LAYOUTS: readonly LayoutDefinition[] = [
  { path: '{environment}/{module}' },
];

/**
 * A path that is a module.
 *
 * @public
 */
export interface LayoutMatch {
  /** Which of the definitions, counted from 0, those with problems included. */
  layoutIndex: number;
  kind: ModuleKind;
  environment: string;
  module: string;
  /** What each placeholder of the path stood for. */
  values: Record<string, string>;
  modulePath: string;
}

/**
 * A file, and the module that it belongs to.
 *
 * @public
 */
export interface LayoutClaim extends LayoutMatch {
  /** Below the module's directory; the file's own name when the module is that file. */
  pathInModule: string;
}

/**
 * @public
 */
export interface DirectoryEntry {
  name: string;
  /** `other` is what is never followed: a symlink, a submodule. */
  kind: 'directory' | 'file' | 'other';
}

/**
 * @public
 */
export type LayoutProblemCode =
  | 'templateEmpty'
  | 'templateTooLong'
  | 'templateAbsolute'
  | 'templateEmptySegment'
  | 'templateDotSegment'
  | 'templateHiddenSegment'
  | 'templateReserved'
  | 'templateLiteralInvalid'
  | 'templateBraceInvalid'
  | 'templatePlaceholderInvalid'
  | 'templateValueInvalid'
  | 'templateTooManyValues'
  | 'templateAmbiguous'
  | 'placeholderUnknown'
  | 'placeholderDuplicate'
  | 'placeholderMissing'
  | 'compositionInvalid'
  | 'tooManyLayouts'
  | 'ignoreInvalid'
  | 'layoutOverlap'
  | 'moduleDuplicate'
  | 'nameUnusable';

/**
 * Why a layout, or a path that one should claim, cannot be used. The page words it from the code.
 *
 * @public
 */
export interface LayoutProblem {
  code: LayoutProblemCode;
  params: Record<string, string>;
  /** Where in `spec` the cause is, as in `['layouts', 0, 'path']`; absent when it is a path of the repository. */
  pointer?: Array<string | number>;
}
