import { setTimeout as delay } from 'node:timers/promises';
import type {
  CopyRule,
  EnvironmentCopy,
} from '../../plugins/slipway-common/src';
import type { BenchResult } from '../types';
import { atMost, percentile } from '../verdicts';
import { Estate, FILES } from './estate';

const MODULES = 100;
const MANY_MODULES = 1000;
const COPIES = 12;
const WARM_UP = 4;
const PLANS = 30;

/**
 * An environment of 100 modules with 5 files each copied to a new one, from the API request (token, policy, validation, checks,
 * database) to pushed, as it is and with a namespace and hosts rewritten in every file, each looked at as a plan before; against the
 * git command line with cp and sed in an up-to-date clone on a memory file system. Then the plan alone, and memory at 1,000 modules.
 */
export async function run(): Promise<BenchResult[]> {
  const estate = await Estate.create(MODULES);
  try {
    await untilReady(estate);
    return [
      await measure(estate, 'copy', 0.35, true),
      await measure(estate, 'copy-verbatim', 0.3, false),
      await measurePlan(estate),
      await measureMemory(),
    ];
  } finally {
    await estate.dispose();
  }
}

async function measure(
  estate: Estate,
  name: string,
  target: number,
  rewritten: boolean,
): Promise<BenchResult> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < WARM_UP + COPIES; turn++) {
    const copy = copyTo(`${name}-${turn}`, rewritten);
    const { digest } = await estate.plan(copy);
    ours.push(await estate.copy(copy, digest));
    theirs.push(
      await estate.copyWithGit(
        `git-${name}-${turn}`,
        rewritten
          ? `s/estate-prod/${name}-${turn}/; s/\\.prod\\.example\\.com/.git.example.com/`
          : undefined,
      ),
    );
    await estate.portal.api.refreshConfigRepo('estate');
  }
  const [own, peer] = [ours, theirs].map(all =>
    percentile(all.slice(WARM_UP), 0.5),
  );
  console.log(
    `${name}: p50 ${own.toFixed(0)} ms, first ${ours[0].toFixed(
      0,
    )} ms; git p50 ${peer.toFixed(0)} ms`,
  );
  return atMost(name, own / peer, target, 'x');
}

async function measurePlan(estate: Estate): Promise<BenchResult> {
  const times: number[] = [];
  for (let turn = 0; turn < PLANS; turn++) {
    // Another namespace each time, so that nothing is known of what comes out.
    const start = performance.now();
    const { copy } = await estate.plan(copyTo(`plan-${turn}`, true));
    times.push(performance.now() - start);
    const rewritten = copy?.files.filter(({ values }) => values === 3).length;
    if (rewritten !== MODULES * FILES) {
      throw new Error(`${rewritten} files would be rewritten`);
    }
  }
  console.log(
    `copy-plan: p50 ${percentile(times, 0.5).toFixed(
      0,
    )} ms, first ${times[0].toFixed(0)} ms`,
  );
  return atMost('copy-plan', percentile(times, 0.95), 300, 'ms');
}

async function measureMemory(): Promise<BenchResult> {
  const estate = await Estate.create(MANY_MODULES);
  try {
    await untilReady(estate);
    await estate.portal.memory();
    const { now: idle } = await estate.portal.memory();
    const copy = copyTo('many', true);
    const { digest } = await estate.plan(copy);
    await estate.copy(copy, digest);
    const { peak } = await estate.portal.memory();
    return atMost('copy-memory', (peak - idle) / 1e6, 150, 'MB');
  } finally {
    await estate.dispose();
  }
}

function copyTo(name: string, rewritten: boolean): EnvironmentCopy {
  const namespace = rewritten ? name : 'estate-prod';
  const rules: CopyRule[] = [
    { type: 'namespace', from: 'estate-prod', to: namespace },
    { type: 'host', from: '.prod.example.com', to: `.${name}.example.com` },
  ];
  return {
    source: 'prod',
    target: { name, targets: [{ cluster: 'c-01', namespace }] },
    rules: rewritten ? rules : [],
  };
}

async function untilReady(estate: Estate): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      await estate.plan(copyTo('ready', false));
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(200);
    }
  }
}
