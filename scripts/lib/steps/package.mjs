import { join } from 'node:path';
import { withTemporaryFolder } from '../temporary.mjs';
import { assertPagesWork } from './packageBrowsing.mjs';
import { Checks } from './packageChecks.mjs';
import { assertContents } from './packageContents.mjs';
import { assertReadmeAgrees, followGuide } from './packageGuide.mjs';
import { createPortal, installPortal } from './packagePortal.mjs';
import { serveTarballs } from './packageRegistry.mjs';
import { runOrFail } from './packageRun.mjs';
import {
  assertClosed,
  assertConfigRepoUnreachable,
  withBackend,
} from './packageRunning.mjs';
import { packPlugins } from './packageTarballs.mjs';

/** The packed plugins in a new portal of create-app, added as docs/install.md says. */
export function packages({ node }) {
  return withTemporaryFolder(async folder => {
    const checks = new Checks();
    await checks.check('the README says what docs/install.md says', async () =>
      assertReadmeAgrees(),
    );
    const tarballs = await checks.check('packing the plugins', () =>
      packPlugins({ node, folder }),
    );
    for (const tarball of tarballs ?? []) {
      await checks.check(`what is in ${tarball.manifest.name}`, () =>
        assertContents(tarball),
      );
    }
    const portal =
      tarballs &&
      (await checks.check('a new portal with the plugins', () =>
        portalWith(tarballs, { node, folder }),
      ));
    if (portal) {
      await checkPortal({ checks, node, portal });
    }
    return checks.result();
  });
}

async function portalWith(tarballs, { node, folder }) {
  const registry = await serveTarballs(tarballs);
  try {
    const portal = await createPortal({ node, folder, registry: registry.url });
    await installPortal({ node, portal });
    await followGuide(portal);
    return portal;
  } finally {
    await registry.stop();
  }
}

async function checkPortal({ checks, node, portal }) {
  const inPortal = async (bin, args, path = '.') => {
    const program = join(portal, 'node_modules', '.bin', bin);
    await runOrFail(node, [program, ...args], join(portal, path));
    return true;
  };
  await checks.check('the types of the portal', () =>
    inPortal('tsc', ['--pretty', 'false']),
  );
  await checks.check('the configuration of the portal', () =>
    inPortal('backstage-cli', ['config:check', '--strict']),
  );
  for (const { app, title } of [
    { app: 'app', title: 'the new frontend system' },
    { app: 'app-legacy', title: 'the legacy frontend system' },
  ]) {
    const built = await checks.check(`building the app on ${title}`, () =>
      inPortal('backstage-cli', ['package', 'build'], `packages/${app}`),
    );
    if (!built) {
      continue;
    }
    await checks.check(`starting the portal on ${title}`, () =>
      withBackend({ node, portal, app }, async url => {
        await checks.check('answering only who is signed in', () =>
          assertClosed(url),
        );
        await checks.check('starting without what cannot be reached', () =>
          assertConfigRepoUnreachable(url),
        );
        await checks.check(`the pages on ${title}`, () => assertPagesWork(url));
      }),
    );
  }
}
