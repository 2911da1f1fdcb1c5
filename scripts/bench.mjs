// npm run bench -- <name>: measures, against a peer in the same run.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fromRoot } from './lib/paths.mjs';
import { main, PlainError } from './lib/plainError.mjs';
import { setup } from './lib/setup.mjs';
import { typescriptArgs } from './lib/typescript.mjs';

function benchmarks() {
  return readdirSync(fromRoot('bench')).filter(name =>
    existsSync(fromRoot('bench', name, 'run.ts')),
  );
}

function runOne(node, name) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      node.executable,
      [
        '--expose-gc',
        ...typescriptArgs,
        fromRoot('scripts', 'lib', 'runBenchmark.cjs'),
        fromRoot('bench', name, 'run.ts'),
      ],
      { env: node.env, stdio: 'inherit' },
    );
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}

async function bench() {
  const names = process.argv.slice(2);
  const known = benchmarks();
  const unknown = names.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new PlainError(
      `There is no benchmark "${unknown.join('", "')}". There are: ${
        known.join(', ') || 'none yet'
      }.`,
    );
  }
  const node = await setup();
  let failed = 0;
  for (const name of names.length > 0 ? names : known) {
    // A figure taken while the machine is busy with something else says little.
    console.log(
      `${name}: load ${loadavg()[0].toFixed(
        1,
      )} on ${availableParallelism()} cores`,
    );
    failed += (await runOne(node, name)) === 0 ? 0 : 1;
  }
  return failed > 0 ? 1 : 0;
}

await main(bench);
