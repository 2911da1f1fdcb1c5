import { mkdtemp } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import type { JsonObject } from '@backstage/types';
import { ArgoCdStandIn, createGitSource, DemoCluster, GitServer } from 'demo';
import type { Application } from '../../argocd';
import type { KubernetesObject } from '../../kubernetes';
import { Link } from '../../link';
import { freePort } from '../../program';
import {
  applicationPath,
  argoCdApplication,
  ARGOCD_NAMESPACE,
  isSyncedTo,
} from './argoCdApplication';
import type { Subject } from './Subject';

const APPLICATIONS = `/apis/argoproj.io/v1alpha1/namespaces/${ARGOCD_NAMESPACE}/applications`;

/** The demo's stand-in for Argo CD, on the demo's stand-in for a cluster. */
export class StandInSubject implements Subject {
  readonly name = 'stand-in';
  readonly namespace = 'conformance-stand-in';
  readonly tellsDrift = true;
  readonly #cluster: DemoCluster;
  readonly #argoCd: ArgoCdStandIn;
  readonly #git: GitServer;
  readonly #link: Link;

  static async create(git: GitServer): Promise<StandInSubject> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-stand-in-'));
    const cluster = await DemoCluster.create({
      name: 'stand-in',
      dataFile: join(folder, 'cluster.json'),
    });
    const argoCd = await ArgoCdStandIn.create({
      cluster: { name: 'stand-in', url: cluster.url },
      git: createGitSource(git),
    });
    const link = await Link.create({
      port: await freePort(),
      target: Number(new URL(cluster.url).port),
    });
    const subject = new StandInSubject(cluster, argoCd, git, link);
    await subject.#request('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: ARGOCD_NAMESPACE },
    });
    return subject;
  }

  private constructor(
    cluster: DemoCluster,
    argoCd: ArgoCdStandIn,
    git: GitServer,
    link: Link,
  ) {
    this.#cluster = cluster;
    this.#argoCd = argoCd;
    this.#git = git;
    this.#link = link;
  }

  get cluster(): JsonObject {
    return {
      name: this.name,
      engines: ['argocd'],
      auth: {
        type: 'serviceAccount',
        server: `http://127.0.0.1:${this.#link.port}`,
        token: 'any',
      },
    };
  }

  async deliver(module: string): Promise<void> {
    const { name: subject, namespace } = this;
    const git = this.#git.url;
    await this.#request(
      'POST',
      APPLICATIONS,
      argoCdApplication({ subject, module, namespace, git }),
    );
  }

  async forget(module: string): Promise<void> {
    await this.#request('DELETE', applicationPath(this.name, module));
  }

  async hasDelivered(module: string, revision: string): Promise<boolean> {
    const path = applicationPath(this.name, module);
    return isSyncedTo(await this.live<Application>(path), revision);
  }

  // A push tells it by itself.
  async look(): Promise<void> {}

  live<T = KubernetesObject>(path: string): Promise<T | undefined> {
    return this.#request('GET', path);
  }

  async change(path: string, mergePatch: JsonObject): Promise<void> {
    await this.#request('PATCH', path, mergePatch);
  }

  cut(): Promise<void> {
    return this.#link.cut();
  }

  restore(): Promise<void> {
    return this.#link.restore();
  }

  async restart(): Promise<void> {
    await this.#cluster.setFault({ type: 'expire' });
  }

  async stop(): Promise<void> {
    await this.#link.stop();
    await this.#argoCd.stop();
    await this.#cluster.stop();
  }

  async #request<T = KubernetesObject>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T | undefined> {
    const response = await fetch(`${this.#cluster.url}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        'content-type':
          method === 'PATCH'
            ? 'application/merge-patch+json'
            : 'application/json',
      },
    });
    if (response.status === 404 && method === 'GET') return undefined;
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await response.text()}`);
    }
    return response.json() as Promise<T>;
  }
}
