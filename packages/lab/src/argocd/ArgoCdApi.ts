import type { Application } from './types';

/** Argo CD's own API, as its command line uses it. */
export class ArgoCdApi {
  readonly #url: string;
  readonly #token: string | undefined;

  static create(options: { url: string; token?: string }): ArgoCdApi {
    return new ArgoCdApi(options.url, options.token);
  }

  private constructor(url: string, token: string | undefined) {
    this.#url = url;
    this.#token = token;
  }

  /** Signs in with a password; resolves to a token. */
  async signIn(username: string, password: string): Promise<string> {
    const { token } = await this.#request<{ token: string }>(
      'POST',
      '/api/v1/session',
      { username, password },
    );
    return token;
  }

  /** Makes a token, which does not expire, for an account that may have one. */
  async createToken(account: string): Promise<string> {
    const { token } = await this.#request<{ token: string }>(
      'POST',
      `/api/v1/account/${account}/token`,
      {},
    );
    return token;
  }

  /** All Applications that it knows. */
  async listApplications(): Promise<Application[]> {
    const { items } = await this.#request<{ items: Application[] | null }>(
      'GET',
      '/api/v1/applications',
    );
    return items ?? [];
  }

  async #request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  }
}
