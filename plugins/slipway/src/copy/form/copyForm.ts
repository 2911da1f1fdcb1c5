import type {
  CopyExisting,
  CopyRule,
  CopySecrets,
  EnvironmentCopy,
} from '@slipway/backstage-plugin-slipway-common';

/** Where a new environment is delivered to; a row may be half filled in while one types. */
export interface TargetRow {
  cluster: string;
  namespace: string;
}

/** What a person chooses about a copy, its source aside. */
export interface CopyForm {
  to: 'new' | 'existing';
  /** Of the target. */
  name: string;
  title: string;
  description: string;
  stage: string;
  targets: TargetRow[];
  /** Undefined: all of them. */
  modules?: string[];
  excludedFiles: string[];
  existing: CopyExisting;
  secrets: CopySecrets;
  secretsOf: NonNullable<EnvironmentCopy['secretsOf']>;
  /** Undefined: those that the plan proposes. */
  rules?: CopyRule[];
  /** Name under which the rules are saved; empty: they are not. */
  saveRules: string;
}

export const emptyForm: CopyForm = {
  to: 'new',
  name: '',
  title: '',
  description: '',
  stage: '',
  targets: [{ cluster: '', namespace: '' }],
  excludedFiles: [],
  existing: 'skip',
  secrets: 'leaveOut',
  secretsOf: [],
  saveRules: '',
};

/** What is left of a form when another source is chosen: all that is about the target. */
export function withoutSource(form: CopyForm): CopyForm {
  const { description, existing, name, secrets, stage, targets, title, to } =
    form;
  return {
    ...emptyForm,
    to,
    name,
    title,
    description,
    stage,
    targets,
    existing,
    secrets,
  };
}
