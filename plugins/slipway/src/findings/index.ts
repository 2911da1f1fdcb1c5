export { FindingAlert } from './FindingAlert';
export { FindingsTable } from './FindingsTable';
export { FindingPlace } from './FindingPlace';
