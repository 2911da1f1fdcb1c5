import type { Children } from './Children.mjs';
import type { SupportedNode } from './portal.mjs';

/** As `describeLab` of packages/lab tells. */
export type RunningLab = {
  git: string;
  clusters: Record<string, { url: string; adminKubeconfig: string }>;
};

export type StartLabOptions = {
  children: Children;
  node: SupportedNode;
  clusters?: string;
  /** For what runs; it hides the lab from other terminals. */
  folder?: string;
  onDeath: (reason: string) => void;
};

export function startLab(options: StartLabOptions): Promise<{
  lab: RunningLab;
  /** Where the lab takes orders. */
  control: { url: string; token: string };
  /** Resolves when it was told to stop. */
  ended: Promise<void>;
}>;
