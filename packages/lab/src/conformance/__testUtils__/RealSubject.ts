import type { JsonObject } from '@backstage/types';
import type { Cluster, KubernetesObject } from '../../kubernetes';

/** What subjects on a real cluster have in common. */
export abstract class RealSubject {
  abstract readonly name: string;
  protected readonly on: Cluster;

  constructor(cluster: Cluster) {
    this.on = cluster;
  }

  protected clusterConfig(engine: string): JsonObject {
    const { caFile, name, slipwayTokenFile, url } = this.on;
    return {
      name,
      engines: [engine],
      auth: {
        type: 'serviceAccount',
        server: url,
        tokenFile: slipwayTokenFile,
        caFile,
      },
    };
  }

  live<T = KubernetesObject>(path: string): Promise<T | undefined> {
    return this.on.admin.find(path);
  }

  async change(path: string, mergePatch: JsonObject): Promise<void> {
    await this.on.admin.mergePatch(path, mergePatch);
  }

  cut(): Promise<void> {
    return this.on.link.cut();
  }

  restore(): Promise<void> {
    return this.on.link.restore();
  }

  restart(): Promise<void> {
    return this.on.restart();
  }
}
