/** Any object of the Kubernetes API. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: any;
}

/** What differs from a certificate that is good for 127.0.0.1 and a year. */
export interface CertificateOptions {
  /** Names and addresses that it is good for. */
  hosts?: string[];
  /** How long from now; below zero for one that has expired. */
  validHours?: number;
}

/** An answer of an API server other than success. */
export class KubernetesError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
