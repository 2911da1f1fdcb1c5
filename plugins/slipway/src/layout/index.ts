export { Body } from './Body';
export { Facts } from './Facts';
export { Section } from './Section';
export { useUniqueId } from './useUniqueId';
