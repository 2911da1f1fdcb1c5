export * from './ControlServer';
