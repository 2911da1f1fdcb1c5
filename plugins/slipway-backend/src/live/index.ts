export { LiveReaders } from './cluster/LiveReaders';
export { DesiredReader } from './desired/DesiredReader';
export { ObjectHealth } from './health/ObjectHealth';
export { LiveService } from './LiveService';
