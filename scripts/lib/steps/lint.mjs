import { check, sum } from '../check.mjs';

const CONFIG_ENV = {
  SLIPWAY_DEMO_PORT: '7007',
  SLIPWAY_DEMO_DATABASE: 'database',
  SLIPWAY_DEMO_WEBHOOK_SECRET: 'secret',
  SLIPWAY_DEMO_GIT_URL: 'http://127.0.0.1:1',
  SLIPWAY_DEMO_CLUSTER_TOKEN: 'token',
  SLIPWAY_DEMO_CLUSTER_CENTER_URL: 'http://127.0.0.1:1',
  SLIPWAY_DEMO_CLUSTER_GD_URL: 'http://127.0.0.1:1',
  SLIPWAY_DEMO_CLUSTER_XJ_URL: 'http://127.0.0.1:1',
  SLIPWAY_DEMO_CLUSTER_DEVOPS_TEST_URL: 'http://127.0.0.1:1',
  SLIPWAY_DEMO_CLUSTER_DATA_COLLECT_URL: 'http://127.0.0.1:1',
};
// A folder alone would leave out the declarations of the scripts.
const OUTSIDE = ['bench', 'e2e', 'scripts', 'scripts/**/*.mts'];
const PORTAL = ['--config', 'app-config.yaml'];
const DEMO = [...PORTAL, '--config', 'app-config.demo.yaml'];

/** ESLint, Prettier, and the configuration against its schema. */
export async function lint({ node }) {
  return sum([
    await check(node, 'backstage-cli', ['repo', 'lint']),
    // What is in no workspace, which is all that `repo lint` looks at.
    await check(node, 'backstage-cli', ['package', 'lint', ...OUTSIDE]),
    await check(node, 'prettier', ['--check', '--loglevel', 'warn', '.']),
    await check(node, 'backstage-cli', ['config:check', '--strict', ...PORTAL]),
    await check(
      node,
      'backstage-cli',
      ['config:check', '--strict', ...DEMO],
      CONFIG_ENV,
    ),
  ]);
}
