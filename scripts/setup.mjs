// npm run setup: a supported Node and the packages of the lock file.
import { main } from './lib/plainError.mjs';
import { elapsed } from './lib/progress.mjs';
import { setup } from './lib/setup.mjs';

await main(async () => {
  const since = Date.now();
  const node = await setup();
  console.log(`Ready: Node ${node.version} (${elapsed(since)})`);
});
