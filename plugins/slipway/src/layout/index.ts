export { Body } from './Body';
export { DataTable } from './DataTable';
export { Facts } from './Facts';
export { Section } from './Section';
export { StateMark } from './StateMark';
export { useTabStyles } from './useTabStyles';
export { useUniqueId } from './useUniqueId';
export { visuallyHidden } from './visuallyHidden';
