export { expectNoAxeViolations } from './axe';
export { people, type Person } from './people';
export { screenshot } from './screenshot';
export { signIn } from './signIn';
export { expect, test } from './test';
