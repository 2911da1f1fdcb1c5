import { browser, labBrowser } from './browser.mjs';
import { lab, whyNoLab } from './lab.mjs';
import { lint } from './lint.mjs';
import { packages } from './package.mjs';
import { types } from './types.mjs';
import { unit } from './unit.mjs';

/**
 * What npm test does, in this order. A step takes the Node to run things with
 * and tells how many checks held; `skip` says why it cannot run here, if so. Add one here to make it part of npm test.
 * @type {Array<{
 *   name: string, title: string,
 *   skip?: () => string | undefined,
 *   run: (options: { node: import('../portal.d.mts').SupportedNode }) => Promise<import('../Tally.mjs').StepResult>,
 * }>}
 */
export const steps = [
  { name: 'lint', title: 'lint, format and configuration', run: lint },
  { name: 'types', title: 'types', run: types },
  {
    name: 'unit',
    title: 'unit and integration, on SQLite and PostgreSQL',
    run: unit,
  },
  {
    name: 'lab',
    title: 'real API servers, Argo CD and Flux',
    skip: whyNoLab,
    run: lab,
  },
  {
    name: 'package',
    title: 'the packed plugins in a new portal',
    run: packages,
  },
  { name: 'browser', title: 'browser', run: browser },
  {
    name: 'lab-browser',
    title: 'the pages on real clusters',
    skip: whyNoLab,
    run: labBrowser,
  },
];
