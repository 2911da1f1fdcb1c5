import { createHmac, randomUUID } from 'crypto';
import { PushEvent } from './types';

/** Where pushes are told, and the secret that signs them. */
export interface WebhookTarget {
  url: string;
  secret: string;
}

const ATTEMPTS = 5;

/** The value of `X-Hub-Signature-256` for a body. */
export function signWebhookBody(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/**
 * Tells a target about a push the way GitHub and Gitea do. A target that does
 * not answer yet (the portal starts beside us) is tried again for a few seconds.
 *
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 */
export async function deliverPush(
  target: WebhookTarget,
  event: PushEvent,
  repositoryUrl: string,
  signal: AbortSignal,
): Promise<boolean> {
  const body = JSON.stringify({
    ref: event.ref,
    before: event.before,
    after: event.after,
    repository: {
      name: event.repository,
      full_name: `demo/${event.repository}`,
      clone_url: repositoryUrl,
      html_url: repositoryUrl.replace(/\.git$/, ''),
    },
  });
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': signWebhookBody(body, target.secret),
  };
  for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      });
      await response.arrayBuffer();
      if (response.status < 500) {
        return response.ok;
      }
    } catch {
      // Not reachable yet: the next attempt tells.
    }
    await new Promise(resolve => setTimeout(resolve, 250 * 2 ** attempt));
  }
  return false;
}
