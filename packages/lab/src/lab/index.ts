export { Lab, type LabOptions } from './Lab';
export {
  CENTER,
  FLUX,
  remoteNames,
  startExampleLab,
  type StartExampleLabOptions,
} from './startExampleLab';
export { describeLab, type LabDescription } from './describeLab';
