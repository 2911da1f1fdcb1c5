/**
 * Any object of the Kubernetes API. Kinds of which more is read are declared on top of it, each by what installs it;
 * their status is absent until a controller has been there.
 */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    /** Of one that was read: opaque, but in practice etcd's revision. */
    resourceVersion?: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}

/** One of `status.conditions`, where many kinds say how they are. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
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
