// npm test: every check, and the totals in the last line.
import { parseArgs } from 'node:util';
import { Tally } from './lib/Tally.mjs';
import { main, PlainError } from './lib/plainError.mjs';
import { elapsed, step } from './lib/progress.mjs';
import { setup } from './lib/setup.mjs';

function chosenSteps(steps) {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) {
    return steps;
  }
  const names = values.only.split(',');
  const unknown = names.filter(
    name => !steps.some(candidate => candidate.name === name),
  );
  if (unknown.length > 0) {
    throw new PlainError(
      `There is no step "${unknown.join('", "')}": --only takes ${steps
        .map(({ name }) => name)
        .join(', ')}, with commas between.`,
    );
  }
  return steps.filter(({ name }) => names.includes(name));
}

async function runStep({ title, run }, node) {
  try {
    const result = await step(title, () => run({ node }));
    if (result.passed + result.failed === 0) {
      return { passed: 0, failed: 1, report: `${title}: nothing ran` };
    }
    return result;
  } catch (error) {
    const report = error instanceof PlainError ? error.message : error.stack;
    return { passed: 0, failed: 1, report };
  }
}

async function test() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => process.exit(130));
  }
  const node = await setup();
  // Only now is there what the steps themselves are made with.
  const { steps } = await import('./lib/steps/index.mjs');
  const chosen = chosenSteps(steps);
  const tally = new Tally();
  for (const candidate of chosen) {
    const why = candidate.skip?.();
    if (why) {
      console.log(`– ${candidate.title}: ${why}`);
      continue;
    }
    const since = Date.now();
    const result = await runStep(candidate, node);
    if (result.report) {
      console.log(`\n${result.report}\n`);
    }
    tally.add(candidate.name, result, elapsed(since));
  }
  console.log(`\n${tally}`);
  return tally.exitCode;
}

await main(test);
process.exit();
