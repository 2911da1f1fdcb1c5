export { isOutdated, numberOf, problemsOf } from './conditions';
export { readChartRef } from './chart';
export { readSourceRef, titleOf } from './sources';
export type { FindSource, FoundSource, SourceRef } from './sources';
export { toEngineObject, toEngineObjectKey } from './toEngineObject';
export { REQUESTED_AT, REQUESTED_BY } from './request';
