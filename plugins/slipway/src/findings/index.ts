export { FindingAlert } from './FindingAlert';
export { FindingsTable } from './FindingsTable';
export { findingPlace } from './findingPlace';
