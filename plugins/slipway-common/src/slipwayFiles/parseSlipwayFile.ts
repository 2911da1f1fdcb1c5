import {
  DEFAULT_LAYOUTS,
  Layout,
  manifestTemplateProblem,
  type LayoutProblem,
} from '../layout';
import { YamlSource } from './YamlSource';
import { slipwayFileAt } from './slipwayPaths';
import {
  SLIPWAY_API_VERSION,
  type ConfigRepoFile,
  type ParsedSlipwayFile,
  type SlipwayFileByKind,
  type SlipwayFileKind,
} from './types';
import { validateSchema } from './validate';

type SlipwayFile = SlipwayFileByKind[SlipwayFileKind];

/**
 * @public
 */
export interface ParseSlipwayFileOptions<K extends SlipwayFileKind> {
  /** In the config repo; findings name it. */
  path: string;
  text: string;
  kind: K;
  /**
   * What `metadata.name` has to be: its file's name, unless told; for a config repo the name that it is registered by, where a difference is a warning, since a repository may be registered under another name.
   */
  name?: string;
}

/**
 * Reads `.slipway/repo.yaml`, or a file of `.slipway/environments/` or of `.slipway/copyRules/`. Never throws, whatever the text is; takes time in proportion to
 * its length, and looks at 256 KiB at most.
 *
 * Codes of findings about the text: `tooLarge`, `tooDeep`, `tooManyItems`, `tooManyAliases`, `multipleDocuments`, `yamlSyntax`, `duplicateKey`,
 * `keyNotText`, `customTag`, `aliasUnknown`. About its form: `wrongApiVersion`, `wrongKind`, `missingKey`, `unknownKey`, `schemaInvalid`,
 * `nameInvalid`, `entityRefInvalid`, `nameMismatch`. About what it says, with the value still there: those of
 * {@link LayoutProblemCode}, and `stageUnknown`. `moreFindings` ends a list that was cut.
 *
 * @public
 */
export function parseSlipwayFile<K extends SlipwayFileKind>(
  options: ParseSlipwayFileOptions<K>,
): ParsedSlipwayFile<SlipwayFileByKind[K]>;
export function parseSlipwayFile(
  options: ParseSlipwayFileOptions<SlipwayFileKind>,
): ParsedSlipwayFile<SlipwayFile> {
  const { path, text, kind } = options;
  const source = YamlSource.read(path, text);
  if (!(source instanceof YamlSource)) return { findings: source };
  const { findings } = source;
  if (isOfKind(source, kind)) validateSchema(source, kind);
  if (findings.hasErrors) return { findings: findings.list };

  const value = withDefaults(source.value);
  checkName(source, value, options);
  if (findings.hasErrors) return { findings: findings.list };
  if (value.kind === 'ConfigRepo') checkConfigRepo(source, value);
  return { value, findings: findings.list };
}

/** A file of another kind or version is told so, not measured by rules that are not its own. */
function isOfKind(source: YamlSource, kind: SlipwayFileKind): boolean {
  const root = Object(source.value);
  const wanted = [
    ['apiVersion', 'wrongApiVersion', SLIPWAY_API_VERSION],
    ['kind', 'wrongKind', kind],
  ];
  for (const [key, code, expected] of wanted) {
    const actual = Object.hasOwn(root, key) ? root[key] : undefined;
    if (typeof actual === 'string' && actual !== expected) {
      source.report(code, { expected, actual: actual.slice(0, 100) }, [key]);
      return false;
    }
  }
  return true;
}

/** The schema has been checked, so that the value is a file but for what it leaves out. */
function withDefaults(checked: unknown): SlipwayFile {
  const file = checked as SlipwayFile;
  if (file.kind === 'CopyRules') return file;
  if (file.kind === 'Environment') {
    const modules = Object.assign(Object.create(null), file.spec.modules);
    return { ...file, spec: { ...file.spec, modules } };
  }
  const { spec } = file;
  return {
    ...file,
    spec: {
      ...spec,
      layouts: spec.layouts ?? [...DEFAULT_LAYOUTS],
      ignore: spec.ignore ?? [],
      stages: spec.stages ?? [],
      branchRules: spec.branchRules ?? [],
      approvals: (spec.approvals ?? []).map(rule => ({
        ...rule,
        require: rule.require.map(one => ({ ...one, count: one.count ?? 1 })),
      })),
    },
  };
}

function checkName(
  source: YamlSource,
  value: SlipwayFile,
  { path, name }: ParseSlipwayFileOptions<SlipwayFileKind>,
) {
  const expected = name ?? slipwayFileAt(path)?.name;
  const actual = value.metadata.name;
  if (expected === undefined || expected === actual) return;
  const severity = value.kind === 'ConfigRepo' ? 'warning' : 'error';
  const pointer = ['metadata', 'name'];
  source.report('nameMismatch', { expected, actual }, pointer, { severity });
}

function checkConfigRepo(source: YamlSource, { spec }: ConfigRepoFile) {
  const { problems } = Layout.parse(spec.layouts, { ignore: spec.ignore });
  const manifests = spec.engine && manifestProblemOf(spec);
  for (const problem of manifests ? [...problems, manifests] : problems) {
    const { code, params, pointer = [] } = problem;
    source.report(code, params, ['spec', ...pointer]);
  }
  for (const [index, { match }] of spec.approvals.entries()) {
    for (const [position, stage] of match.stages.entries()) {
      if (spec.stages.includes(stage)) continue;
      const pointer = ['spec', 'approvals', index, 'match', 'stages', position];
      source.report('stageUnknown', { stage }, pointer, {
        severity: 'warning',
      });
    }
  }
}

/** A module's manifest is written with what its own layout reads, so that every layout has to have the placeholders. */
function manifestProblemOf(
  spec: ConfigRepoFile['spec'],
): LayoutProblem | undefined {
  const { layout } = Layout.parse(spec.layouts);
  return manifestTemplateProblem(
    spec.engine?.manifests ?? 'none',
    layout.placeholders,
  );
}
