export { LiveReaders } from './cluster/LiveReaders';
export { DesiredReader } from './desired/DesiredReader';
export { LiveService } from './LiveService';
