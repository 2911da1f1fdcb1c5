/** Ports on loopback of one Argo CD. */
export interface ArgoCdPorts {
  redis: number;
  repoServer: number;
  repoServerMetrics: number;
  controllerMetrics: number;
  applicationSetMetrics: number;
  applicationSetProbe: number;
  applicationSetWebhook: number;
  server: number;
  serverMetrics: number;
  commitServer: number;
  commitServerMetrics: number;
}

/** A part of Argo CD: which program its one binary is to be, and when it is there. */
export interface ArgoCdPart {
  name: string;
  args: string[];
  /** Answers with success once it is ready. */
  health: string;
}

const local = (port: number) => `127.0.0.1:${port}`;

/** Argo CD's programs, in the order in which they need each other. */
export function argoCdParts(
  ports: ArgoCdPorts,
  { hydrator, namespace }: { hydrator: boolean; namespace: string },
): ArgoCdPart[] {
  const redis = `--redis=${local(ports.redis)}`;
  const cluster = `--namespace=${namespace}`;
  return [
    {
      name: 'argocd-repo-server',
      args: [
        redis,
        '--address=127.0.0.1',
        `--port=${ports.repoServer}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${ports.repoServerMetrics}`,
        '--disable-tls',
        // It has a default, which does not go with TLS disabled.
        '--client-ca-path=',
        '--loglevel=warn',
      ],
      health: `http://${local(ports.repoServerMetrics)}/healthz`,
    },
    {
      name: 'argocd-application-controller',
      args: [
        redis,
        cluster,
        `--repo-server=${local(ports.repoServer)}`,
        '--repo-server-plaintext',
        `--metrics-port=${ports.controllerMetrics}`,
        `--hydrator-enabled=${hydrator}`,
        `--commit-server=${local(ports.commitServer)}`,
        '--loglevel=warn',
      ],
      health: `http://${local(ports.controllerMetrics)}/healthz`,
    },
    {
      name: 'argocd-applicationset-controller',
      args: [
        cluster,
        `--argocd-repo-server=${local(ports.repoServer)}`,
        '--repo-server-plaintext',
        `--metrics-addr=${local(ports.applicationSetMetrics)}`,
        `--probe-addr=${local(ports.applicationSetProbe)}`,
        `--webhook-addr=${local(ports.applicationSetWebhook)}`,
        '--loglevel=warn',
      ],
      // It has no health check of its own.
      health: `http://${local(ports.applicationSetMetrics)}/metrics`,
    },
    {
      name: 'argocd-server',
      args: [
        redis,
        cluster,
        '--address=127.0.0.1',
        `--port=${ports.server}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${ports.serverMetrics}`,
        `--repo-server=${local(ports.repoServer)}`,
        '--repo-server-plaintext',
        '--insecure',
        '--loglevel=warn',
      ],
      health: `http://${local(ports.server)}/healthz`,
    },
    ...(hydrator ? [commitServer(ports)] : []),
  ];
}

/** Pushes what the controller has hydrated. */
function commitServer(ports: ArgoCdPorts): ArgoCdPart {
  return {
    name: 'argocd-commit-server',
    args: [
      '--address=127.0.0.1',
      `--port=${ports.commitServer}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${ports.commitServerMetrics}`,
      '--loglevel=warn',
    ],
    health: `http://${local(ports.commitServerMetrics)}/healthz`,
  };
}
