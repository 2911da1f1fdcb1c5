import type { ServerResponse } from 'node:http';
import type { Status } from '../store/types';

/** What a request is answered with. */
export interface Answer {
  code: number;
  /** Text is sent as it is, as plain text unless the headers say otherwise. */
  body: object | string;
  headers?: Record<string, string>;
}

/** Answers a request with JSON, or with text. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const text = typeof answer.body === 'string';
  const body = text ? String(answer.body) : `${JSON.stringify(answer.body)}\n`;
  response.writeHead(answer.code, {
    'content-type': text ? 'text/plain; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-cache, private',
    ...answer.headers,
  });
  response.end(body);
}

/** Answers a request with a Kubernetes `Status`. */
export function sendStatus(response: ServerResponse, status: Status): void {
  sendAnswer(response, { code: status.code ?? 500, body: status });
}
