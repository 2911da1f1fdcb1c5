import { readdirSync } from 'node:fs';
import { check, sum } from '../check.mjs';
import { fromRoot } from '../paths.mjs';

/** The type check of everything, and that the API reports tell the public API as it is. */
export async function types({ node }) {
  const checked = await check(node, 'tsc', [
    ...['--pretty', 'false'],
    // The order of members in the reports is that of a check from nothing.
    ...['--incremental', 'false'],
  ]);
  if (checked.failed > 0) return checked;
  const packages = readdirSync(fromRoot('plugins')).map(
    name => `plugins/${name}`,
  );
  const reported = await check(node, 'backstage-repo-tools', [
    'api-reports',
    '--ci',
    '--allow-all-warnings',
    // What depends on the machine, or says nothing about the API.
    '--omit-messages',
    'ae-undocumented,ae-wrong-input-file-type',
    ...packages,
  ]);
  return sum([checked, reported]);
}
