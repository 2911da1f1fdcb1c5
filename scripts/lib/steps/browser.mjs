import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../buildApp.mjs';
import { findChromium } from '../chromium.mjs';
import { fromRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { withTemporaryFolder } from '../temporary.mjs';

/** Playwright against a portal of its own, with the built pages. */
export async function browser({ node }) {
  await buildApp(node);
  const { executablePath } = await findChromium();

  return withTemporaryFolder(async folder => {
    const file = join(folder, 'results.json');
    const { output } = await run(
      node.executable,
      [fromRoot('node_modules', '.bin', 'playwright'), 'test'],
      {
        env: {
          ...node.env,
          CI: 'true',
          CHROMIUM_PATH: executablePath,
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        },
        log: fromRoot('.cache', 'logs', 'browser.log'),
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
