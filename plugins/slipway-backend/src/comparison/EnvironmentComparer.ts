import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import type {
  ComparisonState,
  EnvironmentComparison,
  FileComparison,
  ModuleComparison,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type {
  ConfigRepoReader,
  CurrentConfigRepo,
} from '../configRepos/ConfigRepoReader';
import { answeringForGit } from '../files/errors';
import { ByteLru } from '../git/byteLru';
import { environmentNotFound } from '../permissions';
import type { EnvironmentModel, ModuleModel } from '../status/types';
import { declaredExpectations } from './declaredExpectations';
import { expectedValues } from './expectedValues';
import { FileComparer, type Contents } from './FileComparer';
import { learntExpectations } from './learntExpectations';
import { readCopyRules } from './readCopyRules';

export interface CompareQuestion {
  configRepo: string;
  /** Names of two environments that the caller may read, with their files. */
  left: string;
  right: string;
  signal?: AbortSignal;
}

/** Compares two environments of a config repo at the branch head, from its files alone. */
export class EnvironmentComparer {
  readonly #reader: ConfigRepoReader;
  readonly #knex: Knex;
  /** An open page asks again whenever something moved. */
  readonly #known = new ByteLru<string, Contents>(32 * 1024 ** 2, sizeOf);

  private constructor(reader: ConfigRepoReader, knex: Knex) {
    this.#reader = reader;
    this.#knex = knex;
  }

  static create(options: {
    reader: ConfigRepoReader;
    knex: Knex;
  }): EnvironmentComparer {
    return new EnvironmentComparer(options.reader, options.knex);
  }

  /** @throws NotFoundError for an environment that has no files; InputError for one that is compared with itself */
  async compare(question: CompareQuestion): Promise<EnvironmentComparison> {
    const { configRepo, left, right, signal } = question;
    if (left === right) {
      throw new InputError(
        `'${left}' cannot be compared with itself: choose another environment`,
      );
    }
    return answeringForGit(configRepo, async () => {
      const repo = await this.#reader.current(configRepo, signal);
      const [one, other] = [left, right].map(name => {
        const found = repo.model.environments.find(env => env.name === name);
        if (!found)
          throw environmentNotFound({ configRepo, environment: name });
        return found;
      });
      const declared = repo.model.file?.spec.comparison?.expected ?? [];
      const [forth, back] = await Promise.all([
        readCopyRules(this.#knex, configRepo, { source: left, target: right }),
        readCopyRules(this.#knex, configRepo, { source: right, target: left }),
      ]);
      const byNames = expectedValues(one, other);
      const byDeclaration = declaredExpectations(declared);
      const byCopy = learntExpectations(forth);
      const byCopyBack = learntExpectations(back);
      const files = FileComparer.create({
        repo,
        isExpected: (from, to, at) =>
          byNames(from, to) ||
          byDeclaration(from, to, at) ||
          byCopy(from, to, at) ||
          byCopyBack(to, from, at),
        expectation: JSON.stringify([
          ...[one, other].map(({ name, targets }) => [name, targets]),
          declared,
          forth,
          back,
        ]),
        known: this.#known,
        signal,
      });
      const modules: ModuleComparison[] = [];
      for (const [from, to] of pairUp(one.modules, other.modules)) {
        signal?.throwIfAborted();
        // Others' requests are not to wait for all of them.
        await nextTurn();
        modules.push(await compareModules(from, to, repo, files));
      }
      return {
        commit: repo.snapshot.commit,
        left: shown(one),
        right: shown(other),
        modules,
      };
    });
  }
}

function sizeOf({ differences }: Contents): number {
  return differences.reduce(
    (bytes, { path, left = '', right = '' }) =>
      bytes + 200 + 2 * (path.length + left.length + right.length),
    500,
  );
}

function shown(environment: EnvironmentModel) {
  const { name, title, stage, managed, path } = environment;
  return { name, title, stage, managed, path };
}

async function compareModules(
  left: ModuleModel | undefined,
  right: ModuleModel | undefined,
  repo: CurrentConfigRepo,
  comparer: FileComparer,
): Promise<ModuleComparison> {
  const { name, title } = (left ?? right)!;
  const files: FileComparison[] = [];
  if (left?.objectId !== right?.objectId || left?.objectId === undefined) {
    for (const [one, other] of pairUp(
      filesOf(left, repo),
      filesOf(right, repo),
    )) {
      files.push(await comparer.compare(one, other));
    }
  } else {
    for (const { name: path, path: leftPath } of filesOf(left, repo)) {
      const rightPath = joined(right!.path, path);
      files.push({ path, leftPath, rightPath, state: 'same', differences: [] });
    }
  }
  return { name, title, state: stateOf(left, right, files), files };
}

function stateOf(
  left: ModuleModel | undefined,
  right: ModuleModel | undefined,
  files: readonly FileComparison[],
): ComparisonState {
  if (!right) return 'onlyLeft';
  if (!left) return 'onlyRight';
  const plain = files.every(
    ({ state }) => state === 'same' || state === 'expected',
  );
  if (!plain) return 'different';
  return files.some(({ state }) => state === 'expected') ? 'expected' : 'same';
}

/** The files of a module, each with its path within it. */
function filesOf(
  module: ModuleModel | undefined,
  { snapshot, model }: CurrentConfigRepo,
) {
  if (!module?.objectId) return [];
  const entry = snapshot.entry(module.path);
  if (!entry) return [];
  if (entry.mode !== '40000') {
    return [{ name: '', path: module.path, entry }];
  }
  return [...snapshot.files(module.path)]
    .filter(file => !file.entry.invalidName && !model.ignores(file.path))
    .map(file => ({
      ...file,
      name: file.path.slice(module.path.length + 1),
    }));
}

function joined(folder: string, name: string): string {
  return name === '' ? folder : `${folder}/${name}`;
}

/** By name, those of either side in order. */
function pairUp<T extends { name: string }>(
  left: readonly T[],
  right: readonly T[],
): Array<[T | undefined, T | undefined]> {
  const [ones, others] = [left, right].map(
    side => new Map(side.map(one => [one.name, one])),
  );
  return [...new Set([...ones.keys(), ...others.keys()])]
    .sort((a, b) => (a < b ? -1 : 1))
    .map(name => [ones.get(name), others.get(name)]);
}
