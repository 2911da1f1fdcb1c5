import { defineConfig } from '@playwright/test';
import common from '../playwright.config';

// The stories that only real clusters and engines can tell.
export default defineConfig({
  ...common,
  testDir: '.',
  testIgnore: [],
  globalSetup: './globalSetup.ts',
});
