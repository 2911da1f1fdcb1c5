// The portal alone in its process, as people run it: whoever asks it, and the Git server, have processes of their own.
import { startPortal } from '../environments-page/portal';
import { ToldEngine } from '../environments-page/ToldEngine';

async function main(): Promise<void> {
  const [root, repoUrl] = process.argv.slice(2);
  const { url, token, stop } = await startPortal({
    directory: root,
    database: {
      client: 'better-sqlite3',
      connection: { directory: `${root}/database` },
    },
    repoUrl,
    engine: new ToldEngine(),
  });
  process.on('message', message => {
    if (message !== 'stop') return;
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
