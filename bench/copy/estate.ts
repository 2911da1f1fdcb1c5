import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type {
  ChangePlan,
  EnvironmentCopy,
} from '../../plugins/slipway-common/src';
import {
  git,
  GitServer,
} from '../../plugins/slipway-backend/src/git/testUtils/gitServer';
import { PortalProcess } from '../portalProcess/PortalProcess';

export const FILES = 5;
const METADATA = 'apiVersion: slipway.dev/v1alpha1\n';

/** A config repo with one environment, a portal on it, and a clone of it in memory. */
export class Estate {
  readonly portal: PortalProcess;
  readonly #clone: string;
  readonly #dispose: () => Promise<void>;

  private constructor(options: {
    portal: PortalProcess;
    clone: string;
    dispose: () => Promise<void>;
  }) {
    this.portal = options.portal;
    this.#clone = options.clone;
    this.#dispose = options.dispose;
  }

  static async create(modules: number): Promise<Estate> {
    const root = await mkdtemp(join(tmpdir(), 'slipway-bench-copy-'));
    // A memory file system, so that the peer pays for no disk.
    const memory = await mkdtemp('/dev/shm/slipway-bench-copy-');
    const server = await GitServer.start();
    await server.create('estate.git');
    const repoUrl = server.url('estate.git');
    const clone = join(memory, 'clone');
    await fill(repoUrl, clone, modules);
    const portal = await PortalProcess.start({
      root,
      repoUrl,
      person: 'owner',
    });
    return new Estate({
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

  async plan(copy: EnvironmentCopy): Promise<ChangePlan> {
    return this.portal.api.planChange('estate', {
      kind: 'copy',
      copy,
    });
  }

  /** Milliseconds from the request to the answer that the copy is in the branch. */
  async copy(copy: EnvironmentCopy, digest?: string): Promise<number> {
    const start = performance.now();
    const { summary } = await this.portal.api.createChange('estate', {
      kind: 'copy',
      copy,
      digest,
      message: `Copy to ${copy.target.name}`,
    });
    const took = performance.now() - start;
    if (!summary.commit) {
      throw new Error(`Not pushed: ${JSON.stringify(summary)}`);
    }
    return took;
  }

  /** Milliseconds that the git command line takes for the same, in a clone that is up to date. */
  async copyWithGit(name: string, script: string | undefined): Promise<number> {
    const clone = this.#clone;
    await git(clone, ['pull', '-q', '--ff-only']);
    const start = performance.now();
    await command('cp', ['-r', 'prod', name], clone);
    if (script !== undefined) {
      await command(
        'sh',
        ['-c', `find ${name} -type f -print0 | xargs -0 sed -i '${script}'`],
        clone,
      );
    }
    await git(clone, ['add', name]);
    await git(clone, ['commit', '-q', '-m', `Copy to ${name}`]);
    await git(clone, ['push', '-q']);
    return performance.now() - start;
  }
}

async function command(name: string, args: string[], cwd: string) {
  const child = spawn(name, args, { cwd, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
}

async function fill(repoUrl: string, clone: string, modules: number) {
  await git(dirname(clone), ['clone', '-q', repoUrl, clone]);
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(clone, path)), { recursive: true });
    await writeFile(join(clone, path), content);
  };
  await write(
    '.slipway/repo.yaml',
    `${METADATA}kind: ConfigRepo\nmetadata: { name: estate }\nspec: {}\n`,
  );
  await write(
    '.slipway/environments/prod.yaml',
    `${METADATA}kind: Environment\nmetadata: { name: prod }\nspec:\n  targets: [{ cluster: c-00, namespace: estate-prod }]\n`,
  );
  for (let module = 0; module < modules; module++) {
    for (let file = 0; file < FILES; file++) {
      await write(
        `prod/module-${module}/file-${file}.yaml`,
        manifest(module, file),
      );
    }
  }
  await git(clone, ['add', '.']);
  await git(clone, ['commit', '-q', '-m', 'One environment']);
  await git(clone, ['push', '-q', 'origin', 'HEAD:main']);
}

function manifest(module: number, file: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: module-${module}-file-${file}
  namespace: estate-prod
  labels:
    app.kubernetes.io/part-of: estate
spec:
  replicas: 3
  selector:
    matchLabels: { app: module-${module} }
  template:
    metadata:
      labels: { app: module-${module} }
    spec:
      containers:
        - name: main
          image: registry.example/estate/module-${module}:1.${file}.0
          env:
            - name: PUBLIC_URL
              value: https://module-${module}.prod.example.com/file-${file}
            - name: DATABASE
              value: db.estate-prod.svc
`;
}
