import { stringify } from 'yaml';

/** Options of {@link kubeconfig}. */
export interface KubeconfigOptions {
  cluster: string;
  server: string;
  /** PEM. */
  ca: string;
  /** A client certificate and key in PEM, or a token. */
  user: { cert: string; key: string } | { token: string };
}

const encode = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig with everything in it, so that it may be copied anywhere on the machine. */
export function kubeconfig(options: KubeconfigOptions): string {
  const { cluster, server, ca, user } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster,
        cluster: { server, 'certificate-authority-data': encode(ca) },
      },
    ],
    users: [
      {
        name: cluster,
        user:
          'token' in user
            ? { token: user.token }
            : {
                'client-certificate-data': encode(user.cert),
                'client-key-data': encode(user.key),
              },
      },
    ],
    contexts: [{ name: cluster, context: { cluster, user: cluster } }],
    'current-context': cluster,
  });
}
