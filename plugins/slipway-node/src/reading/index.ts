export { fields, isFields, message, oneOf, rows, text, texts } from './read';
export type { Fields } from './read';
