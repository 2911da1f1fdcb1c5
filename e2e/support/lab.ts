import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

type RunningLab = {
  lab: { git: string };
  control: { url: string; token: string };
};

function running(): RunningLab {
  return JSON.parse(process.env.SLIPWAY_E2E_LAB ?? '');
}

/** Makes the lab's clusters and its config repo what a story needs. */
export const lab = {
  /** What `npm run lab -- …` takes, such as `cut center`. */
  async order(...words: string[]): Promise<void> {
    const { url, token } = running().control;
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(words),
    });
    if (!response.ok) {
      throw new Error(`The lab refused ${words}: ${await response.text()}`);
    }
  },

  /** Pushes files to the lab's config repo, as somebody who does not use Slipway; null deletes. Without a difference nothing is pushed. */
  async push(message: string, files: Record<string, string | null>) {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-push-'));
    const git = (...args: string[]) => run('git', args, { cwd: folder });
    try {
      await git('clone', '--quiet', `${running().lab.git}/lab.git`, '.');
      for (const [path, content] of Object.entries(files)) {
        const file = join(folder, path);
        if (content === null) {
          await rm(file, { force: true });
        } else {
          await run('mkdir', ['-p', dirname(file)]);
          await writeFile(file, content);
        }
      }
      await git('add', '--all');
      if (!(await git('status', '--porcelain')).stdout) return;
      const author = ['user.name=outsider', 'user.email=outsider@example.com'];
      await git(
        ...author.flatMap(setting => ['-c', setting]),
        ...['commit', '--quiet', '--message', message],
      );
      await git('push', '--quiet', 'origin', 'HEAD');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
