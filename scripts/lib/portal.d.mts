/** A Node that runs Backstage. */
export type SupportedNode = {
  executable: string;
  version: string;
  env: NodeJS.ProcessEnv;
};

export type StartPortalOptions = {
  node: SupportedNode;
  port: number;
  /** Where the database, the demo and the logs keep their files. */
  dataDir: string;
  /** Lets the system choose the demo's ports; they are 7480 to 7486 otherwise. */
  demoPorts?: 'ephemeral';
  /** Resolves when starting should be given up. */
  stopped?: Promise<void>;
};

export type DemoUrls = {
  git: string;
  /** The Kubernetes API of each cluster, by the cluster's name. */
  clusters: Record<string, string>;
  /** Where the demo takes orders: degraded, slow, out of sync, offline. */
  control: string;
};

export type Portal = {
  url: string;
  demo: DemoUrls;
  /** Rejects, with the reason, when a part of it ends by itself. */
  died: Promise<never>;
  stop(): Promise<void>;
};

export function startPortal(options: StartPortalOptions): Promise<Portal>;

export type StartBackendOptions = {
  children: import('./Children.mjs').Children;
  node: SupportedNode;
  port: number;
  /** Where the database keeps its files. */
  dataDir: string;
  /** What the configuration takes from the environment. */
  env: NodeJS.ProcessEnv;
  /** Files of configuration that come after those of the demo. */
  configs?: string[];
  onDeath: (reason: string) => void;
};

export function startBackend(options: StartBackendOptions): void;

export function untilSignInWorks(url: string): Promise<void>;
