import { AddressInfo, connect, createServer, Server, Socket } from 'net';
import { once } from 'events';
import { Link } from './Link';

describe('Link', () => {
  let echo: Server;
  let link: Link;

  beforeEach(async () => {
    echo = createServer({ allowHalfOpen: true }, socket => {
      socket.on('error', () => {});
      socket.pipe(socket);
    });
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    await once(free, 'close');
    link = await Link.create({
      port,
      target: (echo.address() as AddressInfo).port,
    });
  });

  afterEach(async () => {
    await link.stop();
    echo.close();
  });

  async function open(): Promise<Socket> {
    const socket = connect(link.port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  /** Sends, ends, and resolves to what came back and how long it took. */
  async function exchange(socket: Socket, data: Buffer) {
    const since = Date.now();
    const chunks: Buffer[] = [];
    socket.on('data', chunk => chunks.push(chunk));
    socket.end(data);
    await once(socket, 'close');
    return { data: Buffer.concat(chunks), ms: Date.now() - since };
  }

  it('forwards everything, and half-closed connections', async () => {
    const data = Buffer.alloc(5_000_000, 'slipway');
    const { data: received } = await exchange(await open(), data);
    expect(received.equals(data)).toBe(true);
    expect(link.connections).toBe(0);
  });

  it('ends connections and refuses new ones while it is cut', async () => {
    const socket = await open();
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    await link.cut();
    await closed;
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(link.state).toEqual({ type: 'cut' });

    await link.restore();
    const { data } = await exchange(await open(), Buffer.from('again'));
    expect(data.toString()).toBe('again');
  });

  it('keeps connections and forwards nothing while it is stalled', async () => {
    const old = await open();
    await link.stall();
    const answers = [
      exchange(old, Buffer.from('old')),
      exchange(await open(), Buffer.from('new')),
    ];
    const first = await Promise.race([
      ...answers,
      new Promise(resolve => setTimeout(() => resolve('nothing'), 300)),
    ]);
    expect(first).toBe('nothing');

    await link.restore();
    const texts = (await Promise.all(answers)).map(({ data }) => `${data}`);
    expect(texts).toEqual(['old', 'new']);
  });

  it('delays and limits in each direction', async () => {
    await link.slow({ delayMs: 150 });
    const delayed = await exchange(await open(), Buffer.from('late'));
    expect(delayed.data.toString()).toBe('late');
    expect(delayed.ms).toBeGreaterThanOrEqual(295);

    await link.slow({ delayMs: 0, bytesPerSecond: 100_000 });
    const limited = await exchange(await open(), Buffer.alloc(50_000));
    expect(limited.data).toHaveLength(50_000);
    expect(limited.ms).toBeGreaterThanOrEqual(490);
  });
});
