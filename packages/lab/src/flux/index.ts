export { Flux, type FluxOptions } from './Flux';
export { installFlux } from './installFlux';
