export { FindingAlert } from './FindingAlert';
export { FindingsTable } from './FindingsTable';
