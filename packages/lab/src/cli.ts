import { join } from 'path';
import { parseArgs } from 'util';
import { builtPrograms, cacheFolder } from './build';
import { announce, ControlServer, findRunningLab, sendOrder } from './control';
import { describeLab, remoteNames, startExampleLab } from './lab';
import { LabError } from './LabError';

/** Where `npm run lab` keeps what runs; emptied at each start. */
const RUN_FOLDER = 'run';

const MOST_CLUSTERS = 64;

/**
 * `build` builds the programs unless they are built already. `start [CLUSTERS]` runs a lab in the foreground until SIGINT, SIGTERM or the
 * order to stop, and prints one line, `{"ready":true,"lab":…,"control":…}`, once it is there; with `--folder` it keeps what runs there, and
 * no other terminal finds it. Anything else is an order to the lab that runs.
 */
export async function main(args: string[]): Promise<void> {
  try {
    if (args[0] === 'build') {
      await builtPrograms({ log: print });
    } else if (args[0] === 'start') {
      await start(args.slice(1));
    } else {
      print(await sendOrder(args));
    }
  } catch (error) {
    if (!(error instanceof LabError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function start(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { folder: { type: 'string' } },
  });
  const isPrivate = values.folder !== undefined;
  if (!isPrivate && (await findRunningLab())) {
    throw new LabError(
      'A lab is running already: end it with npm run lab -- stop.',
    );
  }
  const [clusters] = positionals;
  const remotes = clusters === undefined ? ['gd'] : remotesOf(clusters);
  const programs = await builtPrograms({ log: print });
  const lab = await startExampleLab({
    programs,
    folder: values.folder ?? join(cacheFolder(), RUN_FOLDER),
    remotes,
    log: print,
  });
  let onStop!: () => void;
  const stopped = new Promise<void>(resolve => {
    onStop = resolve;
  });
  process.once('SIGINT', onStop);
  process.once('SIGTERM', onStop);
  const control = await ControlServer.create({ lab, onStop });
  const withdraw = isPrivate ? undefined : await announce(control.address);
  try {
    const { address } = control;
    print(
      JSON.stringify({ ready: true, lab: describeLab(lab), control: address }),
    );
    await Promise.race([stopped, lab.died]);
  } finally {
    await withdraw?.();
    await control.stop();
    await lab.stop();
    print('stopped');
  }
}

/** The centre and the cluster with Flux are two of those that were asked for. */
function remotesOf(clusters: string): string[] {
  const count = Number(clusters);
  if (!Number.isInteger(count) || count < 2 || count > MOST_CLUSTERS) {
    throw new LabError(
      `A lab has from 2 to ${MOST_CLUSTERS} clusters, not "${clusters}".`,
    );
  }
  return remoteNames(count - 2);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
