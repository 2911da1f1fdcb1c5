import { join } from 'node:path';
import {
  git,
  type GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import { fillRepository } from '../index/repository';

export const REPO = 'estate.git';
/** Commits on top of the one that brings the 16,000 files. */
export const COMMITS = 20_000;
/** Every so many of them change the file whose history is asked for. */
const EVERY = 100;
export const PATH = 'env-3/module-7/file-1.yaml';
export const MODULE = 'env-3/module-7';

/** 16,000 files, 20,000 commits, one packed pack, as a forge would have it. */
export async function prepareRepository(server: GitServer): Promise<void> {
  const directory = join(server.root, REPO);
  await server.create(REPO);
  await fillRepository(directory);
  const parts = [
    commit('Say what this is', 0),
    'from refs/heads/main^0\n',
    change(
      '.slipway/repo.yaml',
      'apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: estate }\nspec: {}\n',
    ),
  ];
  for (let number = 1; number < COMMITS; number++) {
    const path =
      number % EVERY === 0
        ? PATH
        : `env-${number % 32}/module-${number % 97}/file-2.yaml`;
    parts.push(
      commit(`Change ${number}`, number),
      change(
        path,
        `kind: ConfigMap\nmetadata: { name: n }\nnumber: ${number}\n`,
      ),
    );
  }
  await git(directory, ['fast-import', '--quiet'], parts.join(''));
  await git(directory, ['repack', '-adq']);
}

function commit(message: string, number: number): string {
  return `commit refs/heads/main\ncommitter Bench <bench@example.org> ${
    1_700_000_000 + number
  } +0000\ndata ${message.length}\n${message}\n`;
}

function change(path: string, content: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(
    content,
  )}\n${content}\n`;
}
