import { defineConfig } from '@playwright/test';

// One portal serves all tests (e2e/globalSetup.ts), so they run one after the
// other: a test may take a cluster of the demo down.
export default defineConfig({
  testDir: '.',
  // On a lab, with a configuration of its own.
  testIgnore: 'lab/**',
  globalSetup: './globalSetup.ts',
  globalTimeout: 40 * 60_000,
  timeout: 300_000,
  expect: { timeout: 45_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json']]
    : [['list']],
  use: {
    baseURL: process.env.SLIPWAY_E2E_URL,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 60_000,
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'en', use: { locale: 'en-GB' } },
    { name: 'zh', use: { locale: 'zh-CN' } },
  ],
});
