import { ChildProcess, spawn } from 'child_process';
import { closeSync, mkdirSync, openSync } from 'fs';
import { readFile } from 'fs/promises';
import { dirname, join } from 'path';
import { until } from './until';

const TAIL_LINES = 15;

/** Options of {@link Program.start}. */
export interface ProgramOptions {
  /** What messages and the log file call it. */
  name: string;
  /** The folder of built programs. */
  programs: string;
  /** The one to run. */
  program: string;
  args: string[];
  env?: Record<string, string>;
  /** The folder for what it says. */
  logs: string;
  /** Called when it ends without having been told to. */
  onDeath: (reason: Error) => void;
}

/** A running program of the lab. It ends when this process does, however that comes about. */
export class Program {
  readonly name: string;
  readonly pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #ended: Promise<void>;
  #isStopping = false;
  #death: Error | undefined;

  static start(options: ProgramOptions): Program {
    return new Program(options);
  }

  private constructor(options: ProgramOptions) {
    const { name, programs, program, args, env, logs, onDeath } = options;
    this.name = name;
    this.#log = join(logs, `${name}.log`);
    mkdirSync(dirname(this.#log), { recursive: true });
    const log = openSync(this.#log, 'a');
    try {
      this.#child = spawn(
        join(programs, 'tether'),
        [join(programs, program), ...args],
        {
          env: { PATH: process.env.PATH, ...env },
          stdio: ['ignore', log, log],
          // A group of its own: Ctrl-C reaches the lab alone, which then stops everything.
          detached: true,
        },
      );
    } finally {
      closeSync(log);
    }
    this.pid = this.#child.pid;
    this.#ended = new Promise<void>(resolve => {
      this.#child.once('error', error => {
        this.#death = new Error(`${name} could not be started`, {
          cause: error,
        });
        onDeath(this.#death);
        resolve();
      });
      this.#child.once('exit', (code, signal) => {
        resolve();
        if (!this.#isStopping) {
          this.#death = new Error(
            `${name} ended by itself (${signal ?? `code ${code}`})`,
          );
          onDeath(this.#death);
        }
      });
    });
  }

  /** Resolves once the check does so with true; rejects when the program ends or the time is over. */
  async ready(
    check: () => Promise<boolean>,
    timeoutMs = 120_000,
  ): Promise<void> {
    try {
      await until(
        () => {
          if (this.#death) {
            throw this.#death;
          }
          return check().catch(() => false);
        },
        { what: `${this.name} is ready`, timeoutMs },
      );
    } catch (error) {
      const lines = (await readFile(this.#log, 'utf8')).trimEnd().split('\n');
      const tail = lines.slice(-TAIL_LINES).join('\n');
      throw new Error(
        `${(error as Error).message}. The last it said (all of it is in ${
          this.#log
        }):\n${tail}`,
      );
    }
  }

  /** Ends it at once: nothing that the lab runs has anything to keep. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.pid !== undefined && this.#child.exitCode === null) {
      try {
        // The group: with what it started itself, such as git.
        process.kill(-this.pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
          throw error;
        }
      }
    }
    await this.#ended;
  }
}
