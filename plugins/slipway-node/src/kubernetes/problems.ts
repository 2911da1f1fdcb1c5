import { CustomErrorBase } from '@backstage/errors';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import { isRecord } from './types';

/**
 * Why an API server could not be used.
 *
 * - `unauthorized`, `forbidden`: it refused who we are, or what we asked.
 * - `kindNotServed`: it does not know the resource; its CRD is missing.
 * - `serverError`: it answered with another error status.
 * - `notKubernetes`: what answered does not speak the Kubernetes API.
 * - `timeout`: nothing came within the time allowed.
 * - `unreachable`: no connection, or it broke.
 * - `certificateExpired`, `certificateNotYetValid`, `certificateOtherHost`: what its certificate is not good for now.
 * - `tlsError`: nobody whom we trust signed its certificate, or TLS failed otherwise.
 * - `credentialsUnreadable`: the token, CA or kubeconfig file could not be read.
 * - `expired`: the list or watch must start over (410); handled inside.
 *
 * @public
 */
export type KubernetesReasonCode =
  | 'unauthorized'
  | 'forbidden'
  | 'kindNotServed'
  | 'serverError'
  | 'notKubernetes'
  | 'timeout'
  | 'unreachable'
  | 'certificateExpired'
  | 'certificateNotYetValid'
  | 'certificateOtherHost'
  | 'tlsError'
  | 'credentialsUnreadable'
  | 'expired';

/**
 * A failed call to an API server, with the reason in a form that pages can word. Holds no credentials.
 *
 * @public
 */
export class KubernetesError extends CustomErrorBase {
  readonly reason: Reason & { code: KubernetesReasonCode };
  /** How long the server asked us to stay away. */
  readonly retryAfterMilliseconds?: number;

  constructor(
    code: KubernetesReasonCode,
    params: Record<string, string | undefined>,
    options: { retryAfterMilliseconds?: number } = {},
  ) {
    const known = Object.entries(params).filter(
      (entry): entry is [string, string] => Boolean(entry[1]),
    );
    super(
      `Kubernetes API: ${code} (${known
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')})`,
    );
    this.reason = { code, params: Object.fromEntries(known) };
    this.retryAfterMilliseconds = options.retryAfterMilliseconds;
  }
}

/** Shortens text from outside and takes out what looks like a credential, or is one of `secrets`. */
export function safeDetail(text: string, secrets: string[] = []): string {
  let safe = text;
  for (const secret of secrets) {
    safe = safe.replaceAll(secret, '…');
  }
  safe = safe
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 …')
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
  return safe.length > 300 ? `${safe.slice(0, 299)}…` : safe;
}

/** What answered does not speak the Kubernetes API. */
export function notKubernetes(host: string, detail: string): KubernetesError {
  return new KubernetesError('notKubernetes', { host, detail });
}

/** An answer that is not a success: an HTTP status, or the `Status` object of an ERROR event. */
export interface RefusedAnswer {
  status: number;
  host: string;
  /** `argoproj.io/v1alpha1 applications`, for the message. */
  kind?: string;
  namespace?: string;
  /** The body, as far as it was JSON. */
  body?: unknown;
  /** The body is a web page. */
  html?: boolean;
  retryAfterSeconds?: number;
  secrets?: string[];
}

export function errorFromAnswer(answer: RefusedAnswer): KubernetesError {
  const { status, host, kind, namespace, body, retryAfterSeconds } = answer;
  const isStatus = isRecord(body) && body.kind === 'Status';
  const message =
    isStatus && typeof body.message === 'string' ? body.message : undefined;
  return new KubernetesError(
    codeOfStatus(answer, isStatus),
    {
      status: String(status),
      host,
      kind,
      namespace,
      detail: message && safeDetail(message, answer.secrets),
    },
    {
      retryAfterMilliseconds: retryAfterSeconds
        ? retryAfterSeconds * 1000
        : undefined,
    },
  );
}

function codeOfStatus(
  { status, kind, html }: RefusedAnswer,
  isStatusObject: boolean,
): KubernetesReasonCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      // In plain text for an unknown group, as a Status for an unknown resource; a page means some other web server.
      return kind && !html ? 'kindNotServed' : 'notKubernetes';
    case 410:
      return 'expired';
    default:
      return isStatusObject || status === 429 || status >= 500
        ? 'serverError'
        : 'notKubernetes';
  }
}

/** Codes of Node (`tls`, "X509 certificate error codes") that tell what is wrong, by themselves. */
const CERTIFICATE_CODES: Record<string, KubernetesReasonCode> = {
  CERT_HAS_EXPIRED: 'certificateExpired',
  CERT_NOT_YET_VALID: 'certificateNotYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificateOtherHost',
};
const TLS_CODES =
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT|UNABLE_TO_|INVALID_CA$|HOSTNAME_MISMATCH$)/;
const TIMEOUT_CODES = /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/;

/** What Node reports when there is no answer at all. */
export function errorFromFailure(
  error: unknown,
  options: { host: string; secrets?: string[] },
): KubernetesError {
  if (error instanceof KubernetesError) {
    return error;
  }
  const code =
    isRecord(error) && typeof error.code === 'string' ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const certificateCode = CERTIFICATE_CODES[code ?? ''];
  // Which hosts it is for, in Node's words.
  const hosts = certificateCode === 'certificateOtherHost';
  const text = hosts ? message : code ?? message;
  const detail = safeDetail(text, options.secrets);
  const params = { host: options.host, detail };
  if (certificateCode) {
    return new KubernetesError(certificateCode, params);
  }
  if (code && TLS_CODES.test(code)) {
    return new KubernetesError('tlsError', params);
  }
  if (code && TIMEOUT_CODES.test(code)) {
    return new KubernetesError('timeout', params);
  }
  return new KubernetesError('unreachable', params);
}
