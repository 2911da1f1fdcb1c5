// npm start: the built portal with everything that it talks to.
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { buildApp } from './lib/buildApp.mjs';
import { fromRoot } from './lib/paths.mjs';
import { examplePeople } from './lib/people.mjs';
import { main, PlainError } from './lib/plainError.mjs';
import { startPortal } from './lib/portal.mjs';
import { tryPort } from './lib/ports.mjs';
import { step } from './lib/progress.mjs';
import { setup } from './lib/setup.mjs';
import { untilStopped } from './lib/untilStopped.mjs';

const DATA = fromRoot('.demo');
const HELP = `npm start -- [options]
  --port <number>  where the portal listens (7007)
  --fresh          forget everything that earlier starts kept in .demo
  --yes            do not ask`;

async function wipe(yes) {
  if (!yes) {
    if (!process.stdin.isTTY) {
      throw new PlainError('--fresh deletes .demo: add --yes to agree.');
    }
    const terminal = createInterface(process.stdin, process.stdout);
    const answer = await terminal.question(`Delete ${DATA}? [y/N] `);
    terminal.close();
    if (!/^y/i.test(answer)) {
      throw new PlainError('Nothing was deleted and nothing was started.');
    }
  }
  await rm(DATA, { recursive: true, force: true });
}

async function printWelcome(url) {
  const people = await examplePeople();
  const width = Math.max(...people.map(person => person.title.length));
  console.log(`\n  The portal is ready:  ${url}\n\n  Sign in as`);
  for (const { title, description } of people) {
    console.log(`    ${title.padEnd(width)}  ${description}`);
  }
  console.log('\n  Ctrl-C stops everything. Logs are in .demo/logs.\n');
}

async function start() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '7007' },
      fresh: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new PlainError(
      `--port takes a number from 1 to 65535, not "${values.port}".`,
    );
  }
  if (!(await tryPort(port))) {
    throw new PlainError(
      `Port ${port} is taken by another program: stop it, or choose another port with npm start -- --port ${
        port + 1
      }`,
    );
  }
  const node = await setup();
  await buildApp(node);
  if (values.fresh) {
    await wipe(values.yes);
  }
  const stopped = untilStopped();
  const portal = await step('starting the demo and the portal', () =>
    startPortal({ node, port, dataDir: DATA, stopped }),
  );
  await printWelcome(portal.url);
  try {
    await Promise.race([stopped, portal.died]);
    console.log('\nStopping …');
    return 0;
  } finally {
    await portal.stop();
  }
}

await main(start);
process.exit();
