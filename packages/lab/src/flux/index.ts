export { Flux, type FluxOptions } from './Flux';
