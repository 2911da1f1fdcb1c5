import { resolve } from 'path';
import { parseArgs } from 'util';
import { startDemo } from './demo';

/**
 * Runs the demo in the foreground until SIGINT or SIGTERM. Prints one line,
 * `{"ready":true,"urls":…}`, when everything answers.
 */
export async function main(
  args: string[] = process.argv.slice(2),
): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      'data-dir': { type: 'string', default: 'demo-data' },
      ephemeral: { type: 'boolean', default: false },
      'webhook-url': { type: 'string' },
      'webhook-secret': { type: 'string' },
    },
  });
  const url = values['webhook-url'];
  const secret = values['webhook-secret'];
  if (Boolean(url) !== Boolean(secret)) {
    throw new Error('--webhook-url and --webhook-secret belong together');
  }
  const demo = await startDemo({
    dataDir: resolve(values['data-dir']),
    ports: values.ephemeral ? 'ephemeral' : undefined,
    webhook: url && secret ? { url, secret } : undefined,
  });
  const ended = new Promise<void>(done => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  process.stdout.write(`${JSON.stringify({ ready: true, urls: demo.urls })}\n`);
  await ended;
  await demo.stop();
}
