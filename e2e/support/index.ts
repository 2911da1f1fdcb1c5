export { expectNoAxeViolations } from './axe';
export { demo } from './control';
export {
  environmentList,
  environmentRow,
  openEnvironments,
  shownTitles,
  tabPart,
} from './environments';
export { lab } from './lab';
export { looks } from './looks';
export { people, type Person } from './people';
export { screenshot } from './screenshot';
export { signIn } from './signIn';
export { expect, test } from './test';
