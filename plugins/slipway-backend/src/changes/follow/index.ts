export { ChangeFollower } from './ChangeFollower';
export type { ChangeFollowerOptions } from './ChangeFollower';
export { readFollowSettings } from './readFollowSettings';
