import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  CopyPlan,
  CopyRule,
  Finding,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { environmentNotFound } from '../permissions';
import type { EnvironmentModel, RepoModel } from '../status/types';
import { checkTarget } from './checkTarget';
import { copyEngineManifests, type CopiedModule } from './copyEngineManifests';
import { copyFile, type FileToCopy, type RuleCounts } from './copyFile';
import { describeEnvironment } from './describeEnvironment';
import { findCollisions } from './findCollisions';
import { proposeRules } from './proposeRules';
import { compileRules } from './rewrite';
import { saveRules } from './saveRules';
import type { CopyOptions, CopyRow, CopyTo, PlannedCopy } from './types';

/** Files after which others' requests are let in. */
const TURN = 50;

/**
 * Plans the copy of an environment, file by file; pure over Git objects.
 *
 * @throws NotFoundError for a source that is not there or that the caller may not read
 */
export async function planCopy(options: CopyOptions): Promise<PlannedCopy> {
  const { copy, repo, mayRead, signal } = options;
  const { model, snapshot } = repo;
  const source = model.environments.find(one => one.name === copy.source);
  if (!source || !source.modules.every(({ path }) => mayRead(path))) {
    throw environmentNotFound({
      configRepo: model.file?.metadata.name ?? '',
      environment: copy.source,
    });
  }
  const { to, problem } = checkTarget(copy, source, model);
  const findings: Finding[] = problem ? [asError(problem)] : [];
  const modules = problem ? [] : placeModules(options, source, to, findings);
  const files = modules.flatMap(one => filesOf(one, options));
  const asked = copy.rules ?? (await propose(files, source, to, options));
  const { rules, problems } = compileRules(asked);
  const counts: RuleCounts = { values: new Map(), files: new Map(), tried: 0 };
  const elsewhere =
    JSON.stringify(source.targets) !== JSON.stringify(to.targets);
  const rows: CopyRow[] = [];
  for (const [index, file] of files.entries()) {
    if (index % TURN === 0) {
      signal?.throwIfAborted();
      await nextTurn();
    }
    rows.push(
      skipped(file, to, options) ??
        (await copyFile(
          file,
          {
            ...options,
            snapshot,
            rules,
            elsewhere,
            secretSource: repo.shared.secretSource,
          },
          counts,
        )),
    );
  }
  const ruled = ruleResults(asked, problems, counts, files.length)
    // What was only proposed, and has nothing to do, would be in the way.
    .filter(({ problem: wrong }) => copy.rules !== undefined || !wrong);
  if (copy.saveRules !== undefined && !problem) {
    const saved = await saveRules(
      copy.saveRules,
      ruled.map(({ rule }) => rule),
      snapshot,
      options.readBlob,
    );
    rows.push(...saved.rows);
    findings.push(...saved.findings);
  }
  const copied = modules.filter(({ module }) =>
    rows.some(
      ({ file, operation }) => file.module === module.name && operation,
    ),
  );
  const engine = await copyEngineManifests(source, to, copied, options);
  const declares = !to.present && copied.length > 0;
  rows.push(...engine.rows);
  if (declares) {
    rows.unshift(
      describeEnvironment(
        source,
        to,
        copied.map(({ module }) => module),
      ),
    );
  }
  findings.push(
    ...engine.findings,
    ...refusals(rows),
    ...(await findCollisions(rows, { source, to, modules: copied }, options)),
  );
  for (const { problem: wrong } of ruled) {
    if (wrong?.code === 'rulePattern' || wrong?.code === 'ruleIncomplete') {
      findings.push(asError(wrong));
    }
  }
  const blocked = findings.some(({ severity }) => severity === 'error');
  const written = rows.flatMap(({ operation }) => operation ?? []);
  return {
    operations: blocked ? [] : written,
    written,
    findings,
    plan: {
      source: {
        name: source.name,
        title: source.title,
        exists: true,
        path: source.path,
      },
      target: {
        name: to.name,
        title: to.title,
        exists: to.present !== undefined,
        path: to.present?.path ?? model.layout.environmentPath(to.name),
      },
      files: rows.map(({ file }) => file),
      rules: ruled,
    },
    declared: declares
      ? {
          name: to.name,
          stage: to.stage,
          targets: to.targets,
          owner: source.owner ?? model.owner,
        }
      : undefined,
  };
}

/** The modules that are asked for, each with its place in the target. */
function placeModules(
  { copy, repo }: CopyOptions,
  source: EnvironmentModel,
  to: CopyTo,
  findings: Finding[],
): CopiedModule[] {
  const { layout } = repo.model;
  const wanted = new Set(
    copy.modules ?? source.modules.map(({ name }) => name),
  );
  const placed: CopiedModule[] = [];
  for (const module of source.modules) {
    if (!wanted.delete(module.name) || !module.objectId) continue;
    const path = pathInTarget(module.path, module.name, to.name, layout);
    if (path === undefined) {
      findings.push(
        asError({ code: 'copyNoLayout', params: { name: to.name } }),
      );
      return [];
    }
    placed.push({ module, path });
  }
  for (const module of wanted) {
    findings.push(asError({ code: 'copyModuleUnknown', params: { module } }));
  }
  if (placed.length === 0 && wanted.size === 0) {
    findings.push(asError({ code: 'copySourceEmpty', params: {} }));
  }
  return placed;
}

/** By the layout that the module is in at the source, if that can. */
function pathInTarget(
  path: string,
  module: string,
  environment: string,
  layout: RepoModel['layout'],
): string | undefined {
  const layoutIndex = layout.match(path)?.layoutIndex;
  return (
    layout.modulePath({ environment, module, layoutIndex }) ??
    layout.modulePath({ environment, module })
  );
}

function filesOf(
  { module, path }: CopiedModule,
  { repo }: CopyOptions,
): FileToCopy[] {
  const { snapshot } = repo;
  const entry = snapshot.entry(module.path);
  if (!entry) return [];
  const about = { module: module.name, directory: module.path };
  if (entry.mode !== '40000') {
    return [{ ...about, from: module.path, entry, path }];
  }
  return [...snapshot.files(module.path)].map(file => ({
    ...about,
    from: file.path,
    entry: file.entry,
    path: path + file.path.slice(module.path.length),
  }));
}

/** A module that is there stays as it is, unless it was said otherwise. */
function skipped(
  { module, from, path, entry }: FileToCopy,
  { present }: CopyTo,
  { copy, repo }: CopyOptions,
): CopyRow | undefined {
  const there = present?.modules.some(
    one => one.name === module && one.objectId,
  );
  if (!there || (copy.existing ?? 'skip') !== 'skip') return undefined;
  const same = repo.snapshot.entry(path)?.oid === entry.oid;
  const remark: Reason = same
    ? { code: 'copyExistsSame', params: {} }
    : { code: 'copyModuleExists', params: { module } };
  return {
    file: {
      type: 'file',
      module,
      from,
      path,
      status: same ? 'same' : 'skipped',
      values: 0,
      remarks: [remark],
    },
  };
}

async function propose(
  files: readonly FileToCopy[],
  source: EnvironmentModel,
  to: CopyTo,
  { readBlob }: CopyOptions,
): Promise<CopyRule[]> {
  const manifests = [];
  for (const { from, entry } of files) {
    if (!entry.mode.startsWith('100')) continue;
    const text = (await readBlob(entry.oid)).toString('utf8');
    manifests.push({ path: from, text });
  }
  return proposeRules(source, to, manifests);
}

function ruleResults(
  asked: readonly CopyRule[],
  problems: ReadonlyMap<number, Reason>,
  { values, files, tried }: RuleCounts,
  count: number,
): CopyPlan['rules'] {
  return asked.map((rule, index) => {
    const changed = values.get(index) ?? 0;
    let problem = problems.get(index);
    if (!problem && changed === 0 && count > 0 && rule.type !== 'keep') {
      problem = { code: 'ruleMatchesNothing', params: {} };
    }
    if (rule.type === 'text' && tried > 1 && changed === tried) {
      problem = { code: 'ruleMatchesEverything', params: {} };
    }
    return { rule, values: changed, files: files.get(index) ?? 0, problem };
  });
}

/** What cannot be copied is in the way of the whole: a copy is whole or none. */
function refusals(rows: readonly CopyRow[]): Finding[] {
  return rows.flatMap(({ file }) =>
    file.status === 'refused'
      ? file.remarks.slice(-1).map(reason => ({
          ...asError(reason),
          file: file.from ?? file.path,
        }))
      : [],
  );
}

function asError({ code, params }: Reason): Finding {
  return { severity: 'error', code, params };
}
