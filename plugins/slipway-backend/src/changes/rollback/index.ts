export { rollbackOperations } from './rollbackOperations';
export type { RollbackOperations, RollbackOperationsOptions } from './types';
