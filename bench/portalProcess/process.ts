// The portal alone in its process, as people run it: whoever asks it, and the Git server, have processes of their own.
import { startPortal } from '../environments-page/portal';
import { ToldEngine } from '../environments-page/ToldEngine';

async function main(): Promise<void> {
  const [root, repoUrl, person] = process.argv.slice(2);
  const { url, token, stop } = await startPortal({
    directory: root,
    database: {
      client: 'better-sqlite3',
      connection: { directory: `${root}/database` },
    },
    repoUrl,
    engine: new ToldEngine(),
    person,
  });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  process.on('message', message => {
    if (message === 'memory') {
      process.send?.({ peak: Math.max(peak, process.memoryUsage.rss()) });
      global.gc?.();
      peak = process.memoryUsage.rss();
      process.send?.({ now: peak });
    }
    if (message !== 'stop') return;
    clearInterval(look);
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  process.send?.({ url, token });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
