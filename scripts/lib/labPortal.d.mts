import type { Children } from './Children.mjs';
import type { RunningLab } from './lab.mjs';
import type { SupportedNode } from './portal.mjs';

export type StartLabPortalOptions = {
  children: Children;
  node: SupportedNode;
  port: number;
  /** Emptied of what a portal on another lab knew. */
  dataDir: string;
  lab: RunningLab;
  onDeath: (reason: string) => void;
};

/** Resolves to the portal's address. */
export function startLabPortal(options: StartLabPortalOptions): Promise<string>;
