export { ControlServer, type ControlServerOptions } from './ControlServer';
export { carryOut } from './orders';
export {
  announce,
  findRunningLab,
  sendOrder,
  type ControlAddress,
} from './runningLab';
