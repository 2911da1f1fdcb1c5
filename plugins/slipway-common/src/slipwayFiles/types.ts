import type { CopyRule, Finding } from '../schema/openapi';
import type { LayoutDefinition } from '../layout';

/**
 * @public
 */
export const SLIPWAY_API_VERSION = 'slipway.dev/v1alpha1';

/**
 * @public
 */
export interface SlipwayFileMetadata {
  name: string;
  title?: string;
  description?: string;
}

/**
 * Source ref → the environments that it deploys to. Exactly one of `branch` and `tag` is there: a pattern that has to match the
 * whole name.
 *
 * @public
 */
export interface BranchRule {
  branch?: string;
  tag?: string;
  environments: string[];
  /** Where this ref's artifact may ever go, promotion included; `environments` unless told. */
  artifactEnvironments?: string[];
  /** Images that a delivery of this ref may set, with `*` for any text. */
  imagesFrom?: string[];
}

/**
 * One approval that a change needs.
 *
 * @public
 */
export interface ApprovalRequirement {
  role: string;
  /** Entity ref of the group whose members have the role. */
  group: string;
  count: number;
}

/**
 * @public
 */
export interface ApprovalRule {
  match: { stages: string[] };
  /** Empty: nothing is needed. */
  require: ApprovalRequirement[];
}

/**
 * How a config repo tells its sync engine about a module.
 *
 * @public
 */
export interface ConfigRepoEngine {
  kind: string;
  /** Path template of the engine object's file, `generated` or `none`; see {@link engineManifestPath}. */
  manifests: string;
}

/**
 * `.slipway/repo.yaml`, with what it leaves out filled in.
 *
 * @public
 */
export interface ConfigRepoFile {
  apiVersion: typeof SLIPWAY_API_VERSION;
  kind: 'ConfigRepo';
  metadata: SlipwayFileMetadata;
  spec: {
    /** Entity ref. */
    owner?: string;
    layouts: LayoutDefinition[];
    ignore: string[];
    engine?: ConfigRepoEngine;
    /** In the order in which a change may travel. */
    stages: string[];
    branchRules: BranchRule[];
    approvals: ApprovalRule[];
    comparison?: {
      /** Differences between environments that nobody has to look at. */
      expected: ExpectedDifference[];
    };
  };
}

/**
 * A value that may differ between environments.
 *
 * @public
 */
export interface ExpectedDifference {
  /** As `spec.template.spec.containers[web].image`; `[*]` stands for any item of a list. */
  path: string;
  /** Of the Kubernetes object; any when absent. */
  kind?: string;
  name?: string;
}

/**
 * @public
 */
export interface EnvironmentFileModule {
  title?: string;
  description?: string;
  /** Entity ref. */
  owner?: string;
  /** Entity ref of what the module delivers. */
  entity?: string;
}

/**
 * `.slipway/environments/<name>.yaml`, with what it leaves out filled in.
 *
 * @public
 */
export interface EnvironmentFile {
  apiVersion: typeof SLIPWAY_API_VERSION;
  kind: 'Environment';
  metadata: SlipwayFileMetadata;
  spec: {
    targets: Array<{ cluster: string; namespace: string }>;
    stage?: string;
    /** Entity ref; the config repo's owner unless told. */
    owner?: string;
    /** By module name. Has no prototype, so that any name can be looked up. */
    modules: Record<string, EnvironmentFileModule>;
  };
}

/**
 * `.slipway/copyRules/<name>.yaml`: rewrite rules of a copy, to be used again.
 *
 * @public
 */
export interface CopyRulesFile {
  apiVersion: typeof SLIPWAY_API_VERSION;
  kind: 'CopyRules';
  metadata: SlipwayFileMetadata;
  spec: {
    /** In the order in which they are tried. */
    rules: CopyRule[];
  };
}

/**
 * @public
 */
export interface SlipwayFileByKind {
  ConfigRepo: ConfigRepoFile;
  Environment: EnvironmentFile;
  CopyRules: CopyRulesFile;
}

/**
 * @public
 */
export type SlipwayFileKind = keyof SlipwayFileByKind;

/**
 * @public
 */
export interface ParsedSlipwayFile<T> {
  /** Absent when the file cannot be used; then `findings` has an error that says why. */
  value?: T;
  /** Each names file, line and column. */
  findings: Finding[];
}
