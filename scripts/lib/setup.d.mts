import type { SupportedNode } from './portal.mjs';

export function setup(): Promise<SupportedNode>;
