export * from './GitRepository';
export * from './GitServer';
export * from './types';
export { signWebhookBody, type WebhookTarget } from './webhook';
