export { ControlServer, type ControlServerOptions } from './ControlServer';
export { isOrder, ORDER_USAGES } from './orders';
export {
  announce,
  findRunningLab,
  sendOrder,
  type ControlAddress,
} from './runningLab';
