export { Flux, type FluxOptions } from './Flux';
export { installFlux } from './installFlux';
export type { FluxKinds, GitRepository, Kustomization } from './types';
