import { spawn } from 'child_process';

/** Options of {@link runGit}. */
export interface RunGitOptions {
  /** The bare repository that the command works on. */
  directory?: string;
  input?: string | Buffer;
}

/**
 * The environment for every Git process: nothing of the person's own Git
 * configuration, and no GIT_DIR left over from a hook that started us.
 */
export function gitEnvironment(
  extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  } as NodeJS.ProcessEnv;
}

/** Runs one Git command and returns what it printed; rejects with its error output. */
export function runGit(
  args: string[],
  options: RunGitOptions = {},
): Promise<Buffer> {
  const { directory, input } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(
      'git',
      directory ? ['--git-dir', directory, ...args] : args,
      { env: gitEnvironment(), stdio: 'pipe' },
    );
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code =>
      code === 0
        ? resolve(Buffer.concat(output))
        : reject(
            new Error(
              `git ${args[0]} failed (${code}): ${Buffer.concat(errors)
                .toString()
                .trim()}`,
            ),
          ),
    );
    // A command may end before it has read everything; its exit code tells why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
