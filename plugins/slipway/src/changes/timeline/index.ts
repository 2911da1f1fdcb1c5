export { ChangeTimeline } from './ChangeTimeline';
export { inTargetOrder, targetKey } from './targetOrder';
export { TimelineSteps } from './TimelineSteps';
export { useChange } from './useChange';
