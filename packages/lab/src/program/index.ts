export { answers } from './http';
export { freePort } from './ports';
export { Program, type ProgramOptions } from './Program';
export { until, type UntilOptions } from './until';
