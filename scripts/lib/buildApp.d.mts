import type { SupportedNode } from './portal.mjs';

export function buildApp(node: SupportedNode): Promise<void>;
