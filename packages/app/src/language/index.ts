export { applyInitialLanguage } from './initialLanguage';
export { languageModule } from './languageModule';
