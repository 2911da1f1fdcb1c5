import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobObject } from '../../plugins/slipway-backend/src/git';
import {
  git,
  GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import {
  ENVIRONMENTS,
  FILES,
  fillRepository,
  MODULES,
} from '../index/repository';
import { PortalProcess } from '../portalProcess/PortalProcess';

const REPO = 'estate.git';
const BRANCH = 'main';
const METADATA =
  'apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: estate }\nspec: {}\n';

/** A portal, its config repo of 16,000 files on a Git server, and a clone of it in memory. */
export class Estate {
  readonly server: GitServer;
  readonly portal: PortalProcess;
  readonly #clone: string;
  readonly #dispose: () => Promise<void>;

  private constructor(options: {
    server: GitServer;
    portal: PortalProcess;
    clone: string;
    dispose: () => Promise<void>;
  }) {
    this.server = options.server;
    this.portal = options.portal;
    this.#clone = options.clone;
    this.#dispose = options.dispose;
  }

  static async create(): Promise<Estate> {
    const root = await mkdtemp(join(tmpdir(), 'slipway-bench-edit-'));
    // A memory file system, so that the peer pays for no disk.
    const memory = await mkdtemp('/dev/shm/slipway-bench-edit-');
    const server = await GitServer.start();
    await server.create(REPO);
    await fillRepository(join(server.root, REPO));
    const clone = join(memory, 'clone');
    await git(memory, ['clone', '-q', server.url(REPO), 'clone']);
    await mkdir(join(clone, '.slipway'));
    await commitAndPush(clone, '.slipway/repo.yaml', METADATA);
    const portal = await PortalProcess.start({
      root,
      repoUrl: server.url(REPO),
    });
    return new Estate({
      server,
      portal,
      clone,
      dispose: async () => {
        await portal.stop();
        await server.stop();
        for (const directory of [root, memory]) {
          await rm(directory, { recursive: true, force: true, maxRetries: 5 });
        }
      },
    });
  }

  dispose(): Promise<void> {
    return this.#dispose();
  }

  /** Milliseconds from the request of the API to its answer that the change is in the branch. */
  async edit(
    path: string,
    before: string | undefined,
    after: string,
  ): Promise<number> {
    const start = performance.now();
    const { summary } = await this.portal.api.createChange('estate', {
      kind: 'edit',
      message: `Change ${path}`,
      operations: [
        {
          type: 'write',
          path,
          text: after,
          base: before && blobObject(Buffer.from(before)).oid,
        },
      ],
    });
    const took = performance.now() - start;
    if (!summary.commit) {
      throw new Error(`Not pushed: ${JSON.stringify(summary)}`);
    }
    return took;
  }

  /** Milliseconds of a request that asks the policy and the database, and does nothing else. */
  async list(): Promise<number> {
    const start = performance.now();
    const response = await fetch(`${this.portal.url}/config-repos`, {
      headers: { authorization: `Bearer ${this.portal.token}` },
    });
    await response.text();
    return performance.now() - start;
  }

  /** Milliseconds that the git command line takes for the same, in a clone that is up to date. */
  async editWithGit(path: string, after: string): Promise<number> {
    await git(this.#clone, ['pull', '-q', '--ff-only']);
    const start = performance.now();
    await git(this.#clone, ['fetch', '-q']);
    await commitAndPush(this.#clone, path, after);
    return performance.now() - start;
  }

  /** Has the portal see what git pushed. */
  async refresh(): Promise<void> {
    await this.portal.api.refreshConfigRepo('estate');
  }

  /** What the branch holds at a path, and before anyone edited it. */
  async show(path: string): Promise<string> {
    return this.server.git(REPO, ['show', `${BRANCH}:${path}`]);
  }

  async commits(): Promise<number> {
    return Number(await this.server.git(REPO, ['rev-list', '--count', BRANCH]));
  }
}

/** A path of its own for each number below 16,000. */
export function pathOf(number: number): string {
  const environment = number % ENVIRONMENTS;
  const module = Math.floor(number / ENVIRONMENTS) % MODULES;
  const file = Math.floor(number / ENVIRONMENTS / MODULES) % FILES;
  return `env-${environment}/module-${module}/file-${file}.yaml`;
}

async function commitAndPush(clone: string, path: string, content: string) {
  await writeFile(join(clone, path), content);
  await git(clone, ['add', path]);
  await git(clone, ['commit', '-q', '-m', `Change ${path}`]);
  await git(clone, ['push', '-q']);
}
