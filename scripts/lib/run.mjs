import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { root } from './paths.mjs';

const TAIL_LINES = 40;

/**
 * Runs a program to its end and keeps what it said.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, log?: string, timeoutMs?: number }} [options]
 *   `show` also prints as it comes; `log` is a file to write it to; `timeoutMs` is when to kill it.
 * @returns {Promise<{ code: number, output: string, tail: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    if (options.log) {
      mkdirSync(dirname(options.log), { recursive: true });
    }
    const log = options.log ? createWriteStream(options.log) : undefined;
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        chunks.push(chunk);
        log?.write(chunk);
        if (options.show) {
          process.stdout.write(chunk);
        }
      });
    }
    const forward = signal => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      log?.end();
      if (signal === 'SIGINT' || signal === 'SIGTERM') {
        // Somebody stopped us, not only the program.
        process.exit(130);
      }
      const output = Buffer.concat(chunks).toString('utf8');
      const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
      resolve({ code: code ?? 1, output, tail });
    });
  });
}
