export * from './assertFence';
export * from './DatabaseLeaseStore';
export * from './LeaseKeeper';
export * from './LeaseLostError';
export * from './types';
