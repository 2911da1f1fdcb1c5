import { KubernetesConnection } from '../kubernetes';
import {
  json,
  refuse,
  ScriptedApiServer,
} from '../kubernetes/testUtils/ScriptedApiServer';
import { ClusterVersions } from './versions';

const HOUR = 3_600_000;

describe('ClusterVersions', () => {
  let server: ScriptedApiServer;

  beforeEach(async () => {
    server = await ScriptedApiServer.start();
  });

  afterEach(() => server.stop());

  it('asks once, after a break, and after an hour, sooner while it is not told, and keeps quiet about that', async () => {
    let time = 0;
    let engineVersion = 'v3.5.7';
    const readEngineVersion = jest.fn(async () => ({ engineVersion }));
    const versions = ClusterVersions.create({
      connection: KubernetesConnection.fromClusterConfig({
        name: 'gd',
        engines: [],
        aliases: [],
        auth: { type: 'serviceAccount', server: server.url },
        engineSettings: {},
      }),
      readEngineVersion,
      signal: new AbortController().signal,
      now: () => time,
    });
    const first = { engineVersion, kubernetesVersion: 'v1.35.0' };
    expect(await versions.read()).toEqual(first);
    engineVersion = 'v3.6.0';
    server.other = json({ gitVersion: 'v1.36.0' });
    time = HOUR - 1;
    expect(await versions.read()).toEqual(first);
    expect(server.count('other')).toBe(1);

    versions.forget();
    const second = { engineVersion, kubernetesVersion: 'v1.36.0' };
    expect(await versions.read()).toEqual(second);

    time += HOUR;
    readEngineVersion.mockRejectedValue(new Error('away'));
    server.other = refuse(403);
    expect(await versions.read()).toEqual({ kubernetesVersion: undefined });
    expect(readEngineVersion).toHaveBeenCalledTimes(3);

    // What is not known is asked for sooner.
    readEngineVersion.mockResolvedValue({ engineVersion: 'v3.6.1' });
    server.other = json({ gitVersion: 'v1.36.0' });
    time += 59_999;
    expect(await versions.read()).toEqual({ kubernetesVersion: undefined });
    time += 1;
    const third = { engineVersion: 'v3.6.1', kubernetesVersion: 'v1.36.0' };
    expect(await versions.read()).toEqual(third);
    time += HOUR - 1;
    await versions.read();
    expect(readEngineVersion).toHaveBeenCalledTimes(4);
  });
});
