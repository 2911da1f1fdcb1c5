import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

// Who one is, and what one may do.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./auth'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permission'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// A push to a config repo comes in at /api/events/http/github.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));

// Open pages learn that something changed.
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@slipway/backstage-plugin-slipway-backend'));
backend.add(import('@slipway/backstage-plugin-slipway-backend-module-argocd'));
backend.add(import('@slipway/backstage-plugin-slipway-backend-module-flux'));

backend.start();
