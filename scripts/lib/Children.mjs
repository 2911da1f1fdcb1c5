import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { fromRoot } from './paths.mjs';

const STOP_MS = 8_000;
const TAIL_LINES = 25;
const SHOWN_CHARACTERS = 400;

/** Long-running Node programs that live and end with this process. */
export class Children {
  #children = [];
  #logs;
  #stopping = false;

  /** @param {string} logs the folder for what they say */
  constructor(logs) {
    this.#logs = logs;
    mkdirSync(logs, { recursive: true });
  }

  /**
   * @param {{
   *   name: string, executable: string, args: string[], cwd?: string, env: NodeJS.ProcessEnv,
   *   onLine?: (line: string) => void, isError?: (line: string, stream: 'stdout' | 'stderr') => boolean,
   *   onDeath: (reason: string) => void,
   * }} options `onDeath` is called when it ends without having been told to
   */
  start(options) {
    const { name, onLine, isError, onDeath } = options;
    const file = join(this.#logs, `${name}.log`);
    const log = createWriteStream(file);
    const tail = [];
    const child = spawn(
      options.executable,
      [
        '--require',
        fromRoot('scripts', 'lib', 'stopWithParent.cjs'),
        ...options.args,
      ],
      {
        cwd: options.cwd,
        env: options.env,
        stdio: ['pipe', 'pipe', 'pipe'],
        // A group of its own: Ctrl-C reaches us alone, and we stop it in order.
        detached: true,
      },
    );
    for (const stream of ['stdout', 'stderr']) {
      createInterface({ input: child[stream] }).on('line', coloured => {
        const line = stripVTControlCharacters(coloured);
        log.write(`${line}\n`);
        tail.push(line);
        tail.splice(0, tail.length - TAIL_LINES);
        onLine?.(line);
        if (!this.#stopping && isError?.(line, stream)) {
          console.error(`${name}: ${line.slice(0, SHOWN_CHARACTERS)}`);
        }
      });
    }
    const ended = new Promise(resolve => {
      child.on('error', error => {
        onDeath(`${name} could not be started: ${error.message}`);
        resolve();
      });
      child.on('close', (code, signal) => {
        log.end();
        resolve();
        if (!this.#stopping) {
          onDeath(
            `${name} ended by itself (${
              signal ?? `code ${code}`
            }). The last it said (all of it is in ${file}):\n${tail.join(
              '\n',
            )}`,
          );
        }
      });
    });
    this.#children.push({ child, ended });
  }

  /** Stops all of them, the last that was started first. */
  async stop() {
    this.#stopping = true;
    for (const { child, ended } of this.#children.splice(0).reverse()) {
      send(child, 'SIGTERM');
      const timer = setTimeout(() => send(child, 'SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    }
  }
}

function send(child, signal) {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}
