import { BareRepository } from '../../plugins/slipway-backend/src/git/bareRepository';
import type { FetchAnswer } from '../../plugins/slipway-backend/src/git/fetchProtocol';
import { HttpClient } from '../../plugins/slipway-backend/src/git/httpClient';
import { LocalRepository } from '../../plugins/slipway-backend/src/git/localRepository';
import { SmartHttp } from '../../plugins/slipway-backend/src/git/smartHttp';
import { check, timed } from './checks';

/** The pieces of a refresh, taken apart so that the network can be left out. */
export class Parts {
  readonly #http = HttpClient.create({ idleTimeoutMs: 60_000 });
  readonly #remote: SmartHttp;
  readonly #local: LocalRepository;
  readonly #signal = new AbortController().signal;

  private constructor(url: string, local: LocalRepository) {
    const credentials = async () => ({ headers: {} });
    this.#remote = new SmartHttp({ url, http: this.#http, credentials });
    this.#local = local;
  }

  static async open(url: string, directory: string): Promise<Parts> {
    const files = new BareRepository(directory, url, 'main');
    return new Parts(url, await LocalRepository.open(files));
  }

  /** Brings a commit and answers how long it took once its pack was there. */
  async index(head: string): Promise<number> {
    const known = this.#local.head;
    const answer = await this.#remote.fetch(
      {
        wants: [head],
        haves: known ? [known] : [],
        shallow: [...this.#local.shallow],
        depth: known ? { type: 'sinceHaves' } : { type: 'fromTip', commits: 1 },
        onlyIfDescendant: known !== undefined,
      },
      this.#signal,
    );
    check(answer.type === 'pack');
    const arrived = await inMemory(answer);
    return timed(async () => {
      await this.#local.receive({
        answer: arrived,
        partial: false,
        forSnapshot: true,
        maxBytes: 1024 ** 3,
        signal: this.#signal,
      });
      this.#local.snapshot(head);
      await this.#local.setHead(head);
    });
  }

  async close(): Promise<void> {
    this.#local.close();
    await this.#http.close();
  }
}

type Pack = Extract<FetchAnswer, { type: 'pack' }>;

async function inMemory(answer: Pack): Promise<Pack> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.pack) {
    chunks.push(Buffer.from(chunk));
  }
  const pack = async function* replay() {
    yield* chunks;
  };
  return { ...answer, pack: pack() };
}
