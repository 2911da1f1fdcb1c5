export * from './placeholders';
export { EXAMPLE_REPOS } from './seedRepositories';
export * from './topology';
