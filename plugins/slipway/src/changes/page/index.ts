export { ChangeDetails } from './ChangeDetails';
