import type {
  ChangePlan,
  ChangeRequest,
  CopiedFile,
  CopyPlan,
  CopyRule,
  EnvironmentCopy,
} from '@slipway/backstage-plugin-slipway-common';
import { changeDiff } from './changeFixtures';

export const proposedRules: CopyRule[] = [
  { type: 'namespace', from: 'shop', to: 'shop-demo' },
  { type: 'host', from: 'shop.example', to: 'demo.shop.example' },
];

export function copiedFile(
  module: string,
  name: string,
  patch: Partial<CopiedFile> = {},
): CopiedFile {
  return {
    type: 'file',
    module,
    from: `prod2/${module}/${name}`,
    path: `demo/${module}/${name}`,
    status: 'verbatim',
    values: 0,
    remarks: [],
    ...patch,
  };
}

/** What becomes of prod2 in demo. */
export function copiedFiles(): CopiedFile[] {
  return [
    {
      type: 'environment',
      path: '.slipway/environments/demo.yaml',
      status: 'created',
      values: 0,
      remarks: [],
    },
    copiedFile('cart', 'deployment.yaml'),
    copiedFile('cart', 'secret.yaml', {
      status: 'leftOut',
      remarks: [{ code: 'copySecretLeftOut', params: {} }],
    }),
    copiedFile('checkout', 'deployment.yaml', {
      status: 'rewritten',
      values: 2,
    }),
    copiedFile('checkout', 'service.yaml', { status: 'rewritten', values: 1 }),
  ];
}

/** What the backend answers to the request for a copy. */
export function copyPlan(
  request: ChangeRequest,
  patch: Omit<Partial<ChangePlan>, 'copy'> & { copy?: Partial<CopyPlan> } = {},
): ChangePlan {
  const asked: EnvironmentCopy = request.copy!;
  const { copy, ...rest } = patch;
  const rules = asked.rules ?? proposedRules;
  const files = (copy?.files ?? copiedFiles())
    .filter(
      ({ module }) => !module || (asked.modules?.includes(module) ?? true),
    )
    .map(file =>
      asked.preview?.includes(file.path)
        ? { ...file, diff: { ...changeDiff.files[0], path: file.path } }
        : file,
    );
  return {
    base: 'c'.repeat(40),
    digest: 'v1:first',
    files: [],
    findings: [],
    conflicts: [],
    touches: [],
    pruned: [],
    gate: { allowed: true, missing: [] },
    ...rest,
    copy: {
      source: {
        name: asked.source,
        title: '生产环境',
        exists: true,
        path: 'prod2',
      },
      target: {
        name: asked.target.name,
        title: asked.target.title,
        exists: false,
        path: 'demo',
      },
      ...copy,
      files,
      rules: rules.map(rule => ({
        rule,
        values: rule.from ? 2 : 0,
        files: rule.from ? 1 : 0,
        ...(!rule.from && {
          problem: { code: 'ruleIncomplete', params: { field: 'from' } },
        }),
      })),
    },
  };
}
