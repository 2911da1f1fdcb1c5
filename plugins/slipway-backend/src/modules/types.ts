import type { Module } from '@slipway/backstage-plugin-slipway-common';

export interface ListModulesOptions {
  configRepo: string;
  environment: string;
  cursor?: string;
  limit: number;
}

export interface ModuleList {
  items: Module[];
  nextCursor?: string;
  total: number;
}

/** Modules as the read model has them. */
export interface ModuleStore {
  list(options: ListModulesOptions): Promise<ModuleList>;
}
