// npm run lab: real API servers, Argo CD and Flux on this machine; see docs/lab.md.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from './lib/buildApp.mjs';
import { Children } from './lib/Children.mjs';
import { startLab } from './lib/lab.mjs';
import { startLabPortal } from './lib/labPortal.mjs';
import { fromRoot } from './lib/paths.mjs';
import { main, PlainError } from './lib/plainError.mjs';
import { tryPort } from './lib/ports.mjs';
import { step } from './lib/progress.mjs';
import { run } from './lib/run.mjs';
import { setup } from './lib/setup.mjs';
import { typescriptArgs } from './lib/typescript.mjs';
import { untilStopped } from './lib/untilStopped.mjs';

const HELP = `npm run lab                  a lab: a centre with Argo CD, a remote cluster, one with Flux
npm run lab -- clusters N    the same with N clusters
npm run lab -- portal        the same, and the portal on it (--port NUMBER, 7007)
npm run lab -- build         builds the programs only

To a lab that runs, from another terminal:
npm run lab -- cut NAME      the cluster refuses connections
npm run lab -- stall NAME    it keeps them and says nothing
npm run lab -- slow NAME [MILLISECONDS [BYTES-PER-SECOND]]
npm run lab -- restore NAME  its network is as before
npm run lab -- restart NAME  its API server starts again
npm run lab -- skew NAME [VERSION]
                             it answers as that release would, such as 1.35
npm run lab -- certify NAME [expired|other-host]
                             its API server answers with such a certificate
npm run lab -- wipe NAME     it loses everything it holds
npm run lab -- requests NAME what Slipway asked of it, by its audit log
npm run lab -- stop          the lab ends`;

const DATA = fromRoot('.demo', 'lab');

async function lab() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '7007' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const node = await setup();
  const [command, ...words] = positionals;
  switch (command) {
    case undefined:
      return runLab(node, {});
    case 'clusters':
      return runLab(node, { clusters: words[0] ?? '' });
    case 'portal':
      return runLab(node, { port: await freePort(values.port) });
    default:
      return order(node, positionals);
  }
}

async function freePort(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new PlainError(
      `--port takes a number from 1 to 65535, not "${text}".`,
    );
  }
  if (!(await tryPort(port))) {
    throw new PlainError(
      `Port ${port} is taken by another program: stop it, or choose another with --port.`,
    );
  }
  return port;
}

async function order(node, words) {
  const { code } = await run(
    node.executable,
    [
      ...typescriptArgs,
      fromRoot('scripts', 'lib', 'runMain.cjs'),
      fromRoot('packages', 'lab', 'src', 'cli.ts'),
      ...words,
    ],
    { env: node.env, show: true },
  );
  return code;
}

async function runLab(node, { clusters, port }) {
  if (port) {
    await buildApp(node);
  }
  const stopped = untilStopped();
  const children = new Children(join(DATA, 'logs'));
  let die;
  const died = new Promise((_, reject) => {
    die = reason => reject(new PlainError(reason));
  });
  const cancelled = stopped.then(() => {
    throw new PlainError('Stopped before it was ready.');
  });
  cancelled.catch(() => {});
  try {
    const { lab: running, ended } = await Promise.race([
      died,
      cancelled,
      startLab({ children, node, clusters, onDeath: die }),
    ]);
    let url;
    if (port) {
      url = await step('starting the portal', () =>
        Promise.race([
          died,
          cancelled,
          startLabPortal({
            children,
            node,
            port,
            dataDir: DATA,
            lab: running,
            onDeath: die,
          }),
        ]),
      );
    }
    printWelcome(running, url);
    await Promise.race([stopped, died, ended]);
    console.log('\nStopping …');
    return 0;
  } finally {
    await children.stop();
  }
}

function printWelcome({ git, clusters, argoCds }, url) {
  const short = path => path.replace(homedir(), '~');
  const lines = Object.entries(clusters).flatMap(
    ([name, { engines, adminKubeconfig, slipwayKubeconfig }]) => [
      `  ${name}${engines.length ? ` (${engines.join(', ')})` : ''}`,
      `    as administrator  ${short(adminKubeconfig)}`,
      `    as Slipway        ${short(slipwayKubeconfig)}`,
    ],
  );
  for (const [name, { url: api }] of Object.entries(argoCds)) {
    lines.push(`  Argo CD of ${name}: ${api}`);
  }
  lines.push(`  Git: ${git}/lab.git`);
  if (url) {
    lines.push('', `  The portal is ready:  ${url}`);
  }
  console.log(`\n${lines.join('\n')}\n
  npm run lab -- cut NAME, in another terminal, cuts a cluster off; --help tells the rest.
  Ctrl-C stops everything.\n`);
}

await main(lab);
process.exit();
