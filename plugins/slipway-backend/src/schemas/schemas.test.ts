import { mockServices } from '@backstage/backend-test-utils';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';
import type { GroupVersionKind } from '../manifests/schema';
import { checkOnClusters } from './checkOnClusters';
import { ClusterSchemas } from './ClusterSchemas';
import { readOpenApiIndex } from './openApiIndex';
import { OpenApiServer, send } from './testUtils/OpenApiServer';

const box: GroupVersionKind = {
  group: 'example.dev',
  version: 'v1',
  kind: 'Box',
};
const lid = { ...box, kind: 'Lid' };
const secret = { group: '', version: 'v1', kind: 'Secret' };
const BOXES = 'apis/example.dev/v1';

function kind(gvk: GroupVersionKind, ...fields: string[]) {
  const typed = ['apiVersion', 'kind', ...fields].map(name => [
    name,
    { type: 'string' },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(typed),
    'x-kubernetes-group-version-kind': [gvk],
  };
}

function documents(...fields: string[]) {
  return {
    'api/v1': { 'io.k8s.api.core.v1.Secret': kind(secret, 'type') },
    [BOXES]: { 'dev.example.v1.Box': kind(box, ...fields) },
  };
}

describe('schemas', () => {
  const servers: OpenApiServer[] = [];
  async function start(...fields: string[]): Promise<OpenApiServer> {
    const server = await OpenApiServer.start(documents(...fields));
    servers.push(server);
    return server;
  }
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(server => server.stop()));
  });

  function create(names: Record<string, OpenApiServer | undefined>) {
    const clock = { now: 1_000 };
    const logger = mockServices.logger.mock();
    const clusters = Object.entries(names).map(
      ([name, server]): ClusterConfig => ({
        name,
        engines: [],
        aliases: [],
        engineSettings: {},
        auth: server
          ? { type: 'serviceAccount', server: server.url }
          : { type: 'none' },
      }),
    );
    const schemas = ClusterSchemas.create({
      clusters,
      logger,
      timeLimit: 400,
      now: () => clock.now,
    });
    return { schemas, clock, logger };
  }

  it('asks once, and shares what clusters of one version have in common', async () => {
    const gd = await start('size');
    const hn = await start('size');
    const { schemas } = create({ gd, hn, far: undefined });

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => schemas.get('gd', box)),
    );

    expect(answers[0]).toMatchObject({
      name: 'dev.example.v1.Box',
      schema: { properties: { size: { type: 'string' } } },
    });
    expect(new Set(answers).size).toBe(1);
    expect(gd.requests.sort()).toEqual(
      ['/openapi/v3', gd.documentUrl(BOXES), '/version'].sort(),
    );
    expect(await schemas.get('hn', box)).toBe(answers[0]);
    expect(hn.requests).not.toContain(hn.documentUrl(BOXES));
    expect(await schemas.get('gd', secret)).toMatchObject({
      name: 'io.k8s.api.core.v1.Secret',
    });
    await expect(schemas.version('gd')).resolves.toBe('v1.33.4');
    await expect(schemas.version('far')).resolves.toBeUndefined();
    await expect(schemas.get('far', box)).resolves.toBe('unavailable');
    await expect(
      schemas.get('gd', { ...box, version: '../../secrets' }),
    ).resolves.toBeUndefined();
    await expect(schemas.get('unheard-of', box)).resolves.toBe('unavailable');
  });

  it('follows a cluster as it changes', async () => {
    const gd = await start('size');
    const { schemas, clock } = create({ gd });
    await expect(schemas.get('gd', lid)).resolves.toBeUndefined();
    expect(gd.requests.filter(path => path === '/openapi/v3')).toHaveLength(1);

    gd.documents.set(BOXES, {
      'dev.example.v1.Box': kind(box, 'colour'),
      'dev.example.v1.Lid': kind(lid),
    });
    clock.now += 5_001;
    await expect(schemas.get('gd', lid)).resolves.toMatchObject({
      name: 'dev.example.v1.Lid',
    });

    // The document is gone under the hash that is still known.
    gd.documents.set('api/v1', {
      'io.k8s.api.core.v1.Secret': kind(secret, 'type', 'immutable'),
    });
    await expect(schemas.get('gd', secret)).resolves.toMatchObject({
      schema: { properties: { immutable: {} } },
    });

    gd.documents.delete(BOXES);
    clock.now += 60_000;
    await expect(schemas.get('gd', lid)).resolves.toBeUndefined();
  });

  it('keeps to what it knows of a cluster that is away, and says so once', async () => {
    const gd = await start('size');
    const { schemas, clock, logger } = create({ gd });
    gd.instead = () => true;
    await expect(schemas.get('gd', box)).resolves.toBe('unavailable');
    gd.instead = (_, response) => {
      response.writeHead(500).end();
      return true;
    };
    const other = create({ gd });
    await expect(other.schemas.get('gd', box)).resolves.toBe('unavailable');
    await expect(other.schemas.get('gd', box)).resolves.toBe('unavailable');
    expect(other.logger.warn).toHaveBeenCalledTimes(1);
    expect(other.logger.warn.mock.calls[0][0]).toContain("Cluster 'gd'");
    const asked = gd.requests.length;
    await other.schemas.get('gd', box);
    expect(gd.requests).toHaveLength(asked);

    gd.instead = () => false;
    other.clock.now += 30_001;
    const known = await other.schemas.get('gd', box);
    expect(known).toMatchObject({ name: 'dev.example.v1.Box' });
    expect(other.logger.info).toHaveBeenCalledTimes(1);
    other.clock.now += 3_600_000;
    gd.instead = () => true;
    await expect(other.schemas.get('gd', box)).resolves.toBe(known);
    expect(clock.now).toBe(1_000);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('calls nobody whom a server names, and believes no hash that is not proven', async () => {
    const elsewhere = await start('size');
    const gd = await start('size');
    const path = gd.documentUrl(BOXES);
    const index = (serverRelativeURL: unknown) => {
      gd.instead = ({ url }, response) => {
        if (url === '/openapi/v3') {
          const paths = { [BOXES]: { serverRelativeURL } };
          send(response, JSON.stringify({ paths }));
        }
        return url === '/openapi/v3';
      };
    };
    for (const url of [
      `${elsewhere.url}${path}`,
      `//${elsewhere.url.slice(7)}${path}`,
      `@${elsewhere.url.slice(7)}${path}`,
      '/openapi/v3/../../api/v1/secrets',
      '/api/v1/secrets',
      `/openapi/v3/${BOXES}/../../../secrets?hash=A`,
      `/openapi/v3/${BOXES}?hash=a%0d%0ab`,
      7,
      undefined,
    ]) {
      index(url);
      gd.requests.length = 0;
      const { schemas } = create({ gd });
      await expect(schemas.get('gd', box)).resolves.toMatchObject({
        name: 'dev.example.v1.Box',
      });
      expect(gd.requests.slice(-1)).toEqual([`/openapi/v3/${BOXES}`]);
    }
    expect(elsewhere.requests).toEqual([]);
    expect(
      readOpenApiIndex(
        '{"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=a+/=_-9"}}}',
      ),
    ).toEqual(new Map([['api/v1', 'a+/=_-9']]));

    // It gives out its own document under the hash of another's.
    gd.documents.set(BOXES, { 'dev.example.v1.Box': kind(box, 'made-up') });
    gd.instead = ({ url }, response) => {
      if (url === '/openapi/v3') {
        const paths = {
          [BOXES]: { serverRelativeURL: elsewhere.documentUrl(BOXES) },
        };
        send(response, JSON.stringify({ paths }));
      } else if (url === elsewhere.documentUrl(BOXES)) {
        const schemas = gd.documents.get(BOXES);
        send(response, JSON.stringify({ components: { schemas } }));
      }
      return url !== '/version';
    };
    const { schemas } = create({ gd, elsewhere });
    await expect(schemas.get('gd', box)).resolves.toMatchObject({
      schema: { properties: { 'made-up': {} } },
    });
    await expect(schemas.get('elsewhere', box)).resolves.toMatchObject({
      schema: { properties: { size: {} } },
    });
    const before = gd.requests.length;
    await schemas.get('gd', box);
    expect(gd.requests).toHaveLength(before);

    for (const body of ['[]', '{', '{"paths":[]}', '{"components":7}']) {
      gd.instead = (_, response) => {
        send(response, body);
        return true;
      };
      await expect(create({ gd }).schemas.get('gd', box)).resolves.toBe(
        'unavailable',
      );
    }
  });

  it('checks a file on each cluster that it goes to', async () => {
    const gd = await start('size');
    const hn = await start('size');
    const old = await start();
    const { schemas } = create({ gd, hn, old, far: undefined });
    const check = (text: string, before?: string) =>
      checkOnClusters({
        schemas,
        clusters: ['gd', 'old', 'far', 'hn'],
        path: 'dev/web/box.yaml',
        text,
        before,
      });
    const text = 'apiVersion: example.dev/v1\nkind: Box\nsize: 1\n';
    const place = { file: 'dev/web/box.yaml', line: 3 };

    const unavailable = {
      severity: 'info',
      code: 'schemasUnavailable',
      params: { clusters: 'far' },
      file: 'dev/web/box.yaml',
    };
    await expect(check(text)).resolves.toEqual([
      {
        severity: 'error',
        code: 'wrongType',
        params: {
          field: 'size',
          expected: 'string',
          actual: 'integer',
          clusters: 'gd, hn',
        },
        ...place,
        column: 7,
      },
      {
        severity: 'error',
        code: 'unknownField',
        params: { field: 'size', clusters: 'old' },
        ...place,
        column: 1,
      },
      unavailable,
    ]);
    // What was wrong before is told, but is in nobody's way.
    const later = await check(`${text}colour: x\n`, text);
    expect(later.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning wrongType',
      'warning unknownField',
      'error unknownField',
      'info schemasUnavailable',
    ]);
    expect(later[2].params.clusters).toBe('gd, old, hn');
    await expect(check(text.replace('Box', 'Bin'))).resolves.toEqual([
      {
        severity: 'warning',
        code: 'kindUnknown',
        params: {
          apiVersion: 'example.dev/v1',
          kind: 'Bin',
          clusters: 'gd, old, hn',
        },
        file: 'dev/web/box.yaml',
        line: 1,
        column: 1,
      },
      unavailable,
    ]);
    await expect(check('replicas: 1\n')).resolves.toEqual([]);
  });
});
