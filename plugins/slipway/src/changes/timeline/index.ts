export { ChangeTimeline } from './ChangeTimeline';
export { FailureText } from './FailureText';
export { inTargetOrder, targetKey } from './targetOrder';
export { TimelineSteps } from './TimelineSteps';
export { useChange } from './useChange';
