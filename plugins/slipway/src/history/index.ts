export { Blame } from './Blame';
export { DiffOf } from './DiffOf';
export { DiffView } from './DiffView';
export { History } from './History';
export type { HistoryProps } from './History';
