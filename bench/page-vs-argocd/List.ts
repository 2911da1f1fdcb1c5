import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** What a list cost each time. */
interface Cost {
  /** Milliseconds to the last byte. */
  times: number[];
  /** Bytes that travelled, and what they held. */
  sent: number;
  plain: number;
}

/** One list, asked for as a browser would: over a connection that is kept, compressed where the server can. */
export class List {
  readonly cost: Cost = { times: [], sent: 0, plain: 0 };
  readonly #agent = new Agent({ keepAlive: true });
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async ask(counts: boolean): Promise<void> {
    const start = performance.now();
    const { body, zipped } = await this.#get();
    const took = performance.now() - start;
    this.cost.sent = body.length;
    this.cost.plain = (zipped ? gunzipSync(body) : body).length;
    if (counts) this.cost.times.push(took);
  }

  #get(): Promise<{ body: Buffer; zipped: boolean }> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        'accept-encoding': 'gzip',
      };
      request(this.#url, { agent: this.#agent, headers }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          if (response.statusCode === 200) {
            const zipped = response.headers['content-encoding'] === 'gzip';
            resolve({ body, zipped });
          } else {
            reject(new Error(`${response.statusCode} ${body}`));
          }
        });
      })
        .on('error', reject)
        .end();
    });
  }
}
