import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ClusterAuth } from '../clusters';
import {
  KubernetesConnection,
  type KubernetesConnectionOptions,
} from './connection';
import { KubernetesError } from './problems';
import {
  type Answer,
  hang,
  json,
  object,
  page,
  refuse,
  reset,
  ScriptedApiServer,
  text,
} from './testUtils/ScriptedApiServer';
import { selfSignedCertificate } from './testUtils/selfSignedCertificate';

const applications = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  resource: 'applications',
};
const signal = new AbortController().signal;

function connectWith(
  auth: ClusterAuth,
  options: KubernetesConnectionOptions = {},
) {
  return KubernetesConnection.fromClusterConfig(
    { name: 'gd', engines: [], aliases: [], auth, engineSettings: {} },
    { requestTimeoutMilliseconds: 300, environment: {}, ...options },
  );
}

async function listOnce(connection: KubernetesConnection, limit = 2) {
  const pages = [];
  for await (const one of connection.listPaged({
    ...applications,
    limit,
    signal,
  })) {
    pages.push(one);
  }
  return pages;
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(KubernetesError);
  return (error as KubernetesError).reason;
}

describe('KubernetesConnection', () => {
  let directory: string;
  let server: ScriptedApiServer;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'slipway-kubernetes-'));
    server = await ScriptedApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
    await rm(directory, { recursive: true });
  });

  const open = () =>
    connectWith({
      type: 'serviceAccount',
      server: server.url,
      token: 's3cr3t',
    });

  it('lists page by page, leaves out what is no object, and tells its version', async () => {
    server.lists = [
      page([object('a', 1), { metadata: {} }, 'b'], {
        resourceVersion: '7',
        continue: 'next',
      }),
      response => {
        const body = JSON.stringify({
          metadata: { resourceVersion: '7' },
          items: [object('c', 2)],
        });
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        });
        response.end(gzipSync(body));
      },
    ];

    const pages = await listOnce(open());

    expect(pages).toEqual([
      {
        items: [object('a', 1)],
        malformed: 2,
        resourceVersion: '7',
        last: false,
      },
      {
        items: [object('c', 2)],
        malformed: 0,
        resourceVersion: '7',
        last: true,
      },
    ]);
    expect(server.requests).toMatchObject([
      {
        path: '/apis/argoproj.io/v1alpha1/applications',
        query: { limit: '2' },
      },
      { query: { limit: '2', continue: 'next' } },
    ]);
    expect(server.requests[0].headers.authorization).toBe('Bearer s3cr3t');
    await expect(open().version({ signal })).resolves.toBe('v1.35.0');
  });

  it('reads a document as it was sent, up to a length', async () => {
    const sent = '{ "paths" : {} }\n';
    server.other = text('application/json', sent);
    const path = '/openapi/v3/apis/apps/v1?hash=A%2BB';

    await expect(open().getText({ path, signal })).resolves.toBe(sent);
    expect(server.requests).toMatchObject([
      { path: '/openapi/v3/apis/apps/v1', query: { hash: 'A+B' } },
    ]);
    await expect(
      problemOf(open().getText({ path, signal, maximumBytes: 10 })),
    ).resolves.toMatchObject({ code: 'notKubernetes' });
    server.other = (response, request) => {
      const location = `http://${request.headers.host}/elsewhere`;
      response.writeHead(301, { location }).end();
    };
    await expect(
      problemOf(open().getText({ path, signal })),
    ).resolves.toMatchObject({ code: 'notKubernetes' });
    expect(server.requests.at(-1)?.path).toBe('/openapi/v3/apis/apps/v1');
  });

  it('reads token files anew for every request', async () => {
    const tokenFile = join(directory, 'token');
    const connection = connectWith({
      type: 'serviceAccount',
      server: server.url,
      tokenFile,
    });
    server.lists = [page([], { resourceVersion: '1' })];

    expect(await problemOf(listOnce(connection))).toEqual({
      code: 'credentialsUnreadable',
      params: { file: tokenFile, detail: 'ENOENT' },
    });
    await writeFile(tokenFile, 'one\n');
    await listOnce(connection);
    await writeFile(tokenFile, 'two\n');
    await listOnce(connection);

    const tokens = server.requests.map(({ headers }) => headers.authorization);
    expect(tokens).toEqual(['Bearer one', 'Bearer two']);
  });

  it('follows a kubeconfig file, its context, and changes of it', async () => {
    const file = join(directory, 'config');
    const auth: ClusterAuth = { type: 'kubeconfig', file, context: 'there' };
    const kubeconfig = (token: string) =>
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: server.url } }],
        users: [{ name: 'u', user: { token } }],
        contexts: [{ name: 'there', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'elsewhere',
      });
    const connection = connectWith(auth);
    server.lists = [page([], { resourceVersion: '1' })];

    expect((await problemOf(listOnce(connection))).code).toBe(
      'credentialsUnreadable',
    );
    await writeFile(file, 'users: [{ token: s3cr3t, } }');
    expect(await problemOf(listOnce(connection))).toEqual({
      code: 'credentialsUnreadable',
      params: { file, detail: 'not a valid kubeconfig' },
    });
    await writeFile(file, kubeconfig('one'));
    await listOnce(connection);
    await writeFile(file, kubeconfig('other'));
    await listOnce(connection);
    const missing = connectWith({ ...auth, context: 'nowhere' });
    expect((await problemOf(listOnce(missing))).params.detail).toBe(
      'no context "nowhere"',
    );

    const tokens = server.requests.map(({ headers }) => headers.authorization);
    expect(tokens).toEqual(['Bearer one', 'Bearer other']);
  });

  it('trusts the CA that it was given and no other', async () => {
    const { key, cert } = selfSignedCertificate();
    const tls = await ScriptedApiServer.start({ key, cert });
    try {
      tls.lists = [page([], { resourceVersion: '1' })];
      const caFile = join(directory, 'ca.crt');
      await writeFile(caFile, cert);
      const auth = { type: 'serviceAccount' as const, server: tls.url };

      await listOnce(connectWith({ ...auth, ca: cert }));
      await listOnce(connectWith({ ...auth, caFile }));
      for (const ca of [undefined, selfSignedCertificate().cert]) {
        const reason = await problemOf(listOnce(connectWith({ ...auth, ca })));
        expect(reason.code).toBe('tlsError');
        expect(reason.params.host).toBe(new URL(tls.url).host);
      }
      const noFile = connectWith({ ...auth, caFile: `${caFile}.old` });
      expect((await problemOf(listOnce(noFile))).code).toBe(
        'credentialsUnreadable',
      );
      const plain = connectWith({
        ...auth,
        server: server.url.replace('http:', 'https:'),
      });
      expect((await problemOf(listOnce(plain))).code).toBe('tlsError');
    } finally {
      await tls.stop();
    }
  });

  it.each([
    ['certificateExpired', { notAfter: '210101000000Z' }, 'CERT_HAS_EXPIRED'],
    [
      'certificateNotYetValid',
      { notBefore: '481231235959Z' },
      'CERT_NOT_YET_VALID',
    ],
    ['certificateOtherHost', { address: [10, 0, 0, 1] }, '10.0.0.1'],
  ])('says what a certificate is not good for: %s', async (code, to, words) => {
    const { key, cert } = selfSignedCertificate(to);
    const tls = await ScriptedApiServer.start({ key, cert });
    try {
      const auth = { type: 'serviceAccount' as const, server: tls.url };
      const reason = await problemOf(
        listOnce(connectWith({ ...auth, ca: cert })),
      );
      expect(reason.code).toBe(code);
      expect(reason.params.detail).toContain(words);
      expect(tls.requests).toEqual([]);
    } finally {
      await tls.stop();
    }
  });

  it('signs in with a client certificate, anew as it is rotated', async () => {
    const { key, cert } = selfSignedCertificate();
    const known = selfSignedCertificate();
    const tls = await ScriptedApiServer.start({
      key,
      cert,
      ca: known.cert,
      requestCert: true,
      // As an API server does: who shows nothing that it knows is told so.
      rejectUnauthorized: false,
    });
    try {
      tls.lists = [
        (response, request) => {
          const { authorized } = request.socket as TLSSocket;
          const answer = authorized
            ? page([], { resourceVersion: '1' })
            : refuse(401, 'Unauthorized');
          return answer(response, request);
        },
      ];
      const certFile = join(directory, 'tls.crt');
      const keyFile = join(directory, 'tls.key');
      const write = async (pair: { key: string; cert: string }) => {
        await writeFile(certFile, pair.cert);
        await writeFile(keyFile, pair.key);
      };
      const auth = {
        type: 'clientCertificate' as const,
        server: tls.url,
        ca: cert,
        certFile,
        keyFile,
      };
      const connection = connectWith(auth);
      expect((await problemOf(listOnce(connection))).code).toBe(
        'credentialsUnreadable',
      );
      await write(selfSignedCertificate());
      expect((await problemOf(listOnce(connection))).code).toBe('unauthorized');
      await write(known);
      await listOnce(connection);
      expect(() => connectWith({ ...auth, server: server.url })).toThrow(
        'must be a URL that begins with https://',
      );
    } finally {
      await tls.stop();
    }
  });

  it('does not wait for a proxy that says nothing, and leaves it when asked to', async () => {
    const waiting = new Set<Socket>();
    const proxy = createServer(socket => {
      waiting.add(socket.resume());
      socket.on('error', () => undefined);
      socket.on('close', () => waiting.delete(socket));
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = proxy.address() as AddressInfo;
      const behind = (requestTimeoutMilliseconds: number) =>
        connectWith(
          {
            type: 'serviceAccount',
            server: 'https://10.9.8.7:6443',
            token: 'x',
          },
          {
            requestTimeoutMilliseconds,
            environment: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
          },
        );

      await expect(
        problemOf(behind(200).version({ signal })),
      ).resolves.toMatchObject({ code: 'timeout' });

      const leaving = new AbortController();
      const arrived = new Promise(resolve => {
        proxy.once('connection', resolve);
      });
      const asked = problemOf(
        behind(60_000).version({ signal: leaving.signal }),
      );
      await arrived;
      leaving.abort();
      await expect(asked).resolves.toBeDefined();
    } finally {
      waiting.forEach(socket => socket.destroy());
      await new Promise(resolve => {
        proxy.close(resolve);
      });
    }
  });

  it('goes through the proxy that the environment names', async () => {
    const tunnels: string[] = [];
    const proxy = http.createServer();
    const sockets = new Set<Socket>();
    proxy.on('connect', (request, socket: Socket) => {
      tunnels.push(request.url ?? '');
      const upstream = connect(Number(new URL(server.url).port), '127.0.0.1');
      sockets.add(socket).add(upstream);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    try {
      server.lists = [page([], { resourceVersion: '1' })];
      const { port } = proxy.address() as AddressInfo;
      const connection = connectWith(
        { type: 'serviceAccount', server: 'http://api.gd.example:6443' },
        { environment: { HTTP_PROXY: `http://127.0.0.1:${port}` } },
      );

      await listOnce(connection);

      expect(tunnels).toEqual(['api.gd.example:6443']);
    } finally {
      sockets.forEach(socket => socket.destroy());
      await new Promise(resolve => {
        proxy.close(resolve);
      });
    }
  });

  const kind = 'argoproj.io/v1alpha1 applications';
  const page200 = text('text/html; charset=utf-8', '<h1>Sign in</h1>');
  it.each<[string, Answer, string, Record<string, string>]>([
    ['401', refuse(401), 'unauthorized', { status: '401', kind }],
    [
      '403 that repeats the token',
      refuse(403, 'no for Bearer s3cr3t, or s3cr3t'),
      'forbidden',
      { status: '403', kind, detail: 'no for Bearer …, or …' },
    ],
    ['404', refuse(404), 'kindNotServed', { status: '404', kind }],
    [
      '404 as the API server words it for unknown groups',
      text('text/plain', '404 page not found', 404),
      'kindNotServed',
      { status: '404', kind },
    ],
    ['404 of a web server', text('text/html', '', 404), 'notKubernetes', {}],
    ['429', text('text/plain', 'Too many', 429), 'serverError', {}],
    ['500', refuse(500, 'etcd'), 'serverError', { detail: 'etcd' }],
    ['502 of a proxy', text('text/html', '', 502), 'serverError', {}],
    ['redirect', text('text/html', '', 302), 'notKubernetes', {}],
    ['HTML', page200, 'notKubernetes', { detail: 'text/html; charset=utf-8' }],
    ['garbage', text('application/json', '{"ite'), 'notKubernetes', {}],
    ['no list', json({ items: 3 }), 'notKubernetes', {}],
    [
      'a list without version',
      json({ items: [], metadata: {} }),
      'notKubernetes',
      {},
    ],
    ['nothing', hang, 'timeout', { seconds: '1' }],
    ['reset', reset, 'unreachable', { detail: 'ECONNRESET' }],
    [
      'half an answer',
      response => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': '1000',
        });
        response.write('{"items": [');
        setTimeout(() => response.socket?.end(), 20);
      },
      'unreachable',
      {},
    ],
    [
      'half an answer, then nothing',
      response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"items": [');
      },
      'timeout',
      {},
    ],
  ])('names what is wrong: %s', async (_, answer, code, params) => {
    server.lists = [answer];

    const reason = await problemOf(listOnce(open()));

    expect(reason.code).toBe(code);
    expect(reason.params).toMatchObject({
      host: new URL(server.url).host,
      ...params,
    });
    expect(JSON.stringify(reason)).not.toContain('s3cr3t');
  });

  it('tells a server that is not there', async () => {
    const { url } = server;
    await server.stop();
    const gone = connectWith({ type: 'serviceAccount', server: url });
    expect(await problemOf(listOnce(gone))).toEqual({
      code: 'unreachable',
      params: { host: new URL(url).host, detail: 'ECONNREFUSED' },
    });
    server = await ScriptedApiServer.start();
  });

  it.each<[string, ClusterAuth, string]>([
    ['no URL', { type: 'serviceAccount', server: 'gd' }, 'must be a URL'],
    [
      'another protocol',
      { type: 'serviceAccount', server: 'ftp://gd' },
      'must be a URL',
    ],
    [
      'credentials in the URL',
      { type: 'serviceAccount', server: 'https://me:pw@gd' },
      'must not hold credentials',
    ],
    [
      'a token in the clear',
      { type: 'serviceAccount', server: 'http://gd', token: 't' },
      'must begin with https://',
    ],
    ['no auth', { type: 'none' }, 'needs an auth type'],
    ['not in a pod', { type: 'inCluster' }, 'only inside a pod'],
  ])('refuses a configuration at once: %s', (_, auth, message) => {
    expect(() => connectWith(auth)).toThrow(message);
  });
});
