import { spawn } from 'node:child_process';
import { git } from '../../plugins/slipway-backend/src/git/testUtils/gitServer';

export const ENVIRONMENTS = 32;
export const MODULES = 100;
export const FILES = 5;

/** Fills a bare repository with 32 × 100 × 5 = 16,000 manifests. */
export async function fillRepository(directory: string): Promise<void> {
  const child = spawn('git', ['-C', directory, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const parts = [commitHead('First')];
  for (let environment = 0; environment < ENVIRONMENTS; environment++) {
    for (let module = 0; module < MODULES; module++) {
      for (let file = 0; file < FILES; file++) {
        const path = `env-${environment}/module-${module}/file-${file}.yaml`;
        parts.push(fileChange(path, manifest(environment, module, file)));
      }
    }
  }
  child.stdin.end(parts.join(''));
  await new Promise<void>((done, failed) =>
    child.on('close', code =>
      code === 0 ? done() : failed(new Error(`fast-import ended with ${code}`)),
    ),
  );
  // As a forge would have it: one well packed pack.
  await git(directory, ['repack', '-adq']);
}

/** Adds a commit that changes one file. */
export async function commitOne(
  directory: string,
  number: number,
): Promise<void> {
  const path = `env-${number % ENVIRONMENTS}/module-7/file-1.yaml`;
  const input = `${commitHead(
    `Change ${number}`,
  )}from refs/heads/main^0\n${fileChange(path, `number: ${number}\n`)}`;
  await git(directory, ['fast-import', '--quiet'], input);
}

function commitHead(message: string): string {
  const time = Math.floor(Date.now() / 1000);
  return `commit refs/heads/main\ncommitter Bench <bench@example.org> ${time} +0000\ndata ${message.length}\n${message}\n`;
}

function fileChange(path: string, content: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(
    content,
  )}\n${content}\n`;
}

function manifest(environment: number, module: number, file: number): string {
  return [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    `  name: module-${module}-file-${file}`,
    `  namespace: env-${environment}`,
    'data:',
    ...Array.from(
      { length: 12 },
      (_, i) =>
        `  key-${i}: value-${
          (environment * 7919 + module * 31 + file) * (i + 1)
        }`,
    ),
    '',
  ].join('\n');
}
