import { mkdtemp, rm, stat } from 'fs/promises';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { Lab } from '../lab';
import { LabError } from '../LabError';
import { ControlServer } from './ControlServer';
import { announce, sendOrder } from './runningLab';

/** What was done with the one cluster, in the order in which it was. */
function recordedLab() {
  const done: unknown[] = [];
  const record =
    (name: string) =>
    async (...args: unknown[]) => {
      done.push([name, ...args]);
    };
  const cluster = {
    link: {
      cut: record('cut'),
      stall: record('stall'),
      slow: record('slow'),
      restore: record('restore'),
    },
    restart: record('restart'),
    skew: record('skew'),
    wipe: record('wipe'),
    requests: async () => [],
  };
  const lab = {
    cluster: (name: string) => {
      if (name !== 'gd') {
        throw new LabError(`There is no cluster "${name}".`);
      }
      return cluster;
    },
  };
  return { done, lab: lab as unknown as Lab };
}

describe('orders to a running lab', () => {
  const { done, lab } = recordedLab();
  const cache = process.env.XDG_CACHE_HOME;
  let folder: string;
  let control: ControlServer;
  let stops = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-control-'));
    process.env.XDG_CACHE_HOME = folder;
    control = await ControlServer.create({
      lab,
      onStop: () => {
        stops += 1;
      },
    });
  });

  afterAll(async () => {
    process.env.XDG_CACHE_HOME = cache;
    if (cache === undefined) {
      delete process.env.XDG_CACHE_HOME;
    }
    await control.stop();
    await rm(folder, { recursive: true });
  });

  it('reach it from another terminal, while it runs', async () => {
    await expect(sendOrder(['cut', 'gd'])).rejects.toThrow(
      'No lab is running: start one with npm run lab.',
    );
    const withdraw = await announce(control.address);
    const file = join(folder, 'slipway', 'lab', 'running.json');
    expect((await stat(file)).mode % 0o1000).toBe(0o600);

    const answers = [];
    for (const order of [
      'cut gd',
      'stall gd',
      'slow gd',
      'slow gd 20 1000',
      'skew gd 1.35',
      'skew gd',
      'restart gd',
      'wipe gd',
      'restore gd',
      'requests gd',
    ]) {
      answers.push(await sendOrder(order.split(' ')));
    }
    expect(answers[0]).toBe('gd refuses connections.');
    expect(answers[3]).toBe(
      'gd answers 20 ms later in each direction, at 1000 bytes a second.',
    );
    expect(answers[9]).toBe('Slipway has asked nothing of gd.');
    expect(done).toEqual([
      ['cut'],
      ['stall'],
      ['slow', { delayMs: 500, bytesPerSecond: undefined }],
      ['slow', { delayMs: 20, bytesPerSecond: 1000 }],
      ['skew', '1.35'],
      ['skew', undefined],
      ['restart'],
      ['wipe'],
      ['restore'],
    ]);

    expect(await sendOrder(['stop'])).toBe('The lab stops.');
    expect(stops).toBe(1);
    await withdraw();
    await expect(sendOrder(['stop'])).rejects.toThrow('No lab is running');
  });

  it.each([
    ['cut xj', 'There is no cluster "xj".'],
    ['cut', 'It is written: cut NAME'],
    ['cut gd now', 'It is written: cut NAME'],
    ['slow gd -1', '"-1" is no number above zero.'],
    ['toString gd', 'The lab knows no order "toString".'],
  ])('that cannot be carried out say why: %s', async (order, reason) => {
    const withdraw = await announce(control.address);
    await expect(sendOrder(order.split(' '))).rejects.toThrow(reason);
    await withdraw();
  });

  it('find none where one was killed, and another program has its port', async () => {
    const other = createServer((_, response) => {
      response.writeHead(404).end();
    });
    await new Promise<void>(resolve => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const withdraw = await announce({ ...control.address, url });
    await expect(sendOrder(['stop'])).rejects.toThrow('No lab is running');
    await new Promise(resolve => {
      other.close(resolve);
      other.closeAllConnections();
    });
    await expect(sendOrder(['stop'])).rejects.toThrow('No lab is running');
    await withdraw();
  });

  it('need the token', async () => {
    const before = done.length;
    for (const authorization of ['', 'Bearer x']) {
      const response = await fetch(control.address.url, {
        method: 'POST',
        headers: { authorization },
        body: '["cut","gd"]',
      });
      expect(response.status).toBe(401);
    }
    expect(done).toHaveLength(before);
  });
});
