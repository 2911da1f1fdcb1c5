import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import authPlugin from '@backstage/plugin-auth-backend';
import { demoAuthModule } from './demoAuthModule';

const engineer = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'engineer', namespace: 'default' },
  spec: { memberOf: ['shop'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/shop' }],
};

function startAuth(providers: object) {
  return startTestBackend({
    features: [
      authPlugin,
      demoAuthModule,
      catalogServiceMock.factory({ entities: [engineer] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
          auth: { providers },
        },
      }),
    ],
  });
}

const demo = {
  people: [
    { name: 'engineer', title: { en: 'Engineer' }, description: { en: '' } },
    { name: 'ghost', title: { en: 'Ghost' }, description: { en: '' } },
  ],
};

describe('demoAuthModule', () => {
  const { NODE_ENV } = process.env;

  afterEach(() => {
    process.env = { ...process.env, NODE_ENV };
  });

  it('signs in as a configured person and as nobody else', async () => {
    const { server } = await startAuth({ demo });
    const refresh = (headers: Record<string, string>) =>
      fetch(`http://localhost:${server.port()}/api/auth/demo/refresh`, {
        headers: { 'x-requested-with': 'XMLHttpRequest', ...headers },
      });

    const signedIn = await refresh({ 'x-demo-user': 'engineer' });
    expect(signedIn.status).toBe(200);
    expect(await signedIn.json()).toMatchObject({
      profile: { displayName: 'Engineer' },
      backstageIdentity: {
        identity: {
          userEntityRef: 'user:default/engineer',
          ownershipEntityRefs: ['user:default/engineer', 'group:default/shop'],
        },
      },
    });

    const unknown = await refresh({ 'x-demo-user': 'root' });
    expect(unknown.status).toBe(400);
    expect(await unknown.text()).toContain('it knows engineer, ghost');

    expect((await refresh({})).status).toBe(401);
    // Configured, but not in the catalog.
    expect((await refresh({ 'x-demo-user': 'ghost' })).status).not.toBe(200);
  });

  it('does nothing where it is not configured, in production too', async () => {
    process.env = { ...process.env, NODE_ENV: 'production' };
    const { server } = await startAuth({});
    const response = await fetch(
      `http://localhost:${server.port()}/api/auth/demo/refresh`,
      { headers: { 'x-demo-user': 'engineer' } },
    );
    expect(response.status).toBe(404);
  });

  it('refuses to load in production', async () => {
    process.env = { ...process.env, NODE_ENV: 'production' };
    await expect(startAuth({ demo })).rejects.toThrow(
      /does not load when NODE_ENV is "production".*Remove auth\.providers\.demo/s,
    );
  });
});
