import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Application, Cluster } from '../../packages/lab/src';
import { now } from '../event-to-page/clock';
import { APPLICATIONS } from './estate';

/** One version of an Application, and when it was heard, in ms since 1970. */
export interface SeenEvent {
  name: string;
  version: number;
  at: number;
  application: Application;
}

/** The peer: one bare watch of a cluster's Applications, through the same link and with the same account as Slipway's. */
export class ApplicationWatch {
  readonly #applications = new Map<string, Application>();
  readonly #listeners = new Set<(event: SeenEvent) => void>();
  readonly #response: IncomingMessage;
  #failure: Error | undefined;

  static async open(cluster: Cluster): Promise<ApplicationWatch> {
    const ca = await readFile(cluster.caFile, 'utf8');
    const token = await readFile(cluster.slipwayTokenFile, 'utf8');
    const get = (query: string) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        request(
          `${cluster.url}${APPLICATIONS}${query}`,
          { ca, headers: { authorization: `Bearer ${token}` } },
          resolve,
        )
          .on('error', reject)
          .end();
      });
    const list = JSON.parse(await textOf(await get('')));
    const version = list.metadata.resourceVersion;
    const response = await get(
      `?watch=true&resourceVersion=${version}&timeoutSeconds=7200`,
    );
    if (response.statusCode !== 200) throw new Error(await textOf(response));
    return new ApplicationWatch(list.items, response);
  }

  private constructor(items: Application[], response: IncomingMessage) {
    for (const one of items) this.#applications.set(one.metadata.name, one);
    this.#response = response;
    this.#read().catch(error => {
      this.#failure = error;
    });
  }

  /** As they were last heard. */
  get applications(): ReadonlyMap<string, Application> {
    if (this.#failure) throw this.#failure;
    return this.#applications;
  }

  /** Calls the listener with each event; returns how to stop it. */
  listen(listener: (event: SeenEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#response.destroy();
  }

  async #read(): Promise<void> {
    let rest = '';
    this.#response.setEncoding('utf8');
    for await (const chunk of this.#response) {
      const at = now();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter(Boolean)) this.#take(line, at);
    }
    throw new Error('The bare watch ended');
  }

  #take(line: string, at: number): void {
    const { type, object } = JSON.parse(line);
    if (type !== 'ADDED' && type !== 'MODIFIED') return;
    const { name, resourceVersion } = object.metadata;
    this.#applications.set(name, object);
    const version = Number(resourceVersion);
    for (const listener of this.#listeners) {
      listener({ name, version, at, application: object });
    }
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}
