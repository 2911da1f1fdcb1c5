import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../buildApp.mjs';
import { findChromium } from '../chromium.mjs';
import { fromRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { withTemporaryFolder } from '../temporary.mjs';
import { buildPrograms } from './lab.mjs';

/** Playwright against a portal of its own on the demo, with the built pages. */
export function browser({ node }) {
  return runPlaywright(node, 'browser', fromRoot('e2e'));
}

/** Playwright against a portal on real clusters. */
export async function labBrowser({ node }) {
  await buildPrograms(node);
  return runPlaywright(node, 'lab-browser', fromRoot('e2e', 'lab'));
}

async function runPlaywright(node, name, tests) {
  await buildApp(node);
  const { executablePath } = await findChromium();

  return withTemporaryFolder(async folder => {
    const file = join(folder, 'results.json');
    const { output } = await run(
      node.executable,
      [
        fromRoot('node_modules', '.bin', 'playwright'),
        'test',
        '--config',
        join(tests, 'playwright.config.ts'),
      ],
      {
        env: {
          ...node.env,
          CI: 'true',
          CHROMIUM_PATH: executablePath,
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        },
        log: fromRoot('.cache', 'logs', `${name}.log`),
      },
    );
    if (!existsSync(file)) {
      return { passed: 0, failed: 1, report: output.trimEnd() };
    }
    const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
    const failed = stats.unexpected + stats.flaky + errors.length;
    return {
      passed: stats.expected,
      failed,
      report: failed > 0 ? output.trimEnd() : undefined,
    };
  });
}
