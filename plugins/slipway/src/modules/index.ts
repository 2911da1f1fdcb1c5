export { Modules } from './Modules';
