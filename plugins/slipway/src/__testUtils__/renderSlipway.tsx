import type { Entity } from '@backstage/catalog-model';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  slipwayChangeCreatePermission,
  slipwayEnvironmentSyncPermission,
} from '@slipway/backstage-plugin-slipway-common';
import { render } from '@testing-library/react';
import { slipwayApiRef } from '../api';
import slipwayPlugin from '../plugin';
import { FakeSignalApi } from './FakeSignalApi';
import { FakeSlipwayApi } from './FakeSlipwayApi';

export const checkout: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    annotations: { 'slipway.dev/config-repo': 'shop' },
  },
};

/** What the browser's address bar says. */
export function address(): string {
  return decodeURIComponent(
    `${window.location.pathname}${window.location.search}`,
  );
}

export interface RenderSlipwayOptions {
  api?: FakeSlipwayApi;
  /** Where the browser is; the tab or card of `entity` is at `/`. */
  at?: string;
  entity?: Entity;
  show?: 'tab' | 'modules' | 'files' | 'changes' | 'copy' | 'card';
  language?: string;
  mayView?: boolean;
  /** Whether the person may tell the sync engine what to do. */
  maySync?: boolean;
  /** Whether the person may ask for changes. */
  mayChange?: boolean;
  docsUrl?: string;
  /** What the catalog knows; without it the portal has none. */
  catalog?: Entity[];
  /** As after a reload: what the browser keeps is still there. */
  keepStorage?: boolean;
}

function configOf(options: RenderSlipwayOptions) {
  return mockApis.config({
    data: {
      app: {
        baseUrl: 'http://localhost',
        extensions: [
          {
            'api:app/app-language': {
              config: {
                defaultLanguage: options.language ?? 'en',
                availableLanguages: ['en', 'zh'],
              },
            },
          },
          { 'sign-in-page:app': false },
          {
            'entity-content:slipway/environments':
              (options.show ?? 'tab') === 'tab',
          },
          { 'entity-content:slipway/changes': options.show === 'changes' },
          { 'entity-content:slipway/copy': options.show === 'copy' },
          { 'entity-content:slipway/files': options.show === 'files' },
          { 'entity-content:slipway/modules': options.show === 'modules' },
          { 'entity-card:slipway/environments': options.show === 'card' },
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
      slipway: options.docsUrl ? { docsUrl: options.docsUrl } : {},
    },
  });
}

function catalogExtensions(entities: Entity[]) {
  return [
    ApiBlueprint.make({
      params: define =>
        define({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities }),
        }),
    }),
    PageBlueprint.make({
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: convertLegacyRouteRef(entityRouteRef),
        loader: async () => <p>the entity</p>,
      },
    }),
  ];
}

/** Renders the plugin in an app of the new frontend system, as a portal has it, with a backend in memory. */
export function renderSlipway(options: RenderSlipwayOptions = {}) {
  const api = options.api ?? FakeSlipwayApi.create();
  const signals = FakeSignalApi.create();
  const permissionApi = mockApis.permission({
    authorize: ({ permission }) => {
      const granted: { [name: string]: boolean | undefined } = {
        [slipwayEnvironmentSyncPermission.name]: options.maySync,
        [slipwayChangeCreatePermission.name]: options.mayChange,
      };
      const may = Object.hasOwn(granted, permission.name)
        ? granted[permission.name]
        : options.mayView;
      return (may === false ? 'DENY' : 'ALLOW') as never;
    },
  });
  // The app remembers the language of the test before.
  if (!options.keepStorage) {
    window.localStorage.clear();
  }
  window.history.replaceState(undefined, '', options.at ?? '/');

  const app = createApp({
    features: [
      slipwayPlugin,
      createFrontendModule({
        pluginId: 'slipway',
        extensions: [
          ApiBlueprint.make({
            params: define =>
              define({ api: slipwayApiRef, deps: {}, factory: () => api }),
          }),
        ],
      }),
      createFrontendModule({
        pluginId: 'app',
        extensions: [
          ApiBlueprint.make({
            name: 'permission',
            params: define =>
              define({
                api: permissionApiRef,
                deps: {},
                factory: () => permissionApi,
              }),
          }),
        ],
      }),
      createFrontendPlugin({
        pluginId: 'signals',
        extensions: [
          ApiBlueprint.make({
            params: define =>
              define({ api: signalApiRef, deps: {}, factory: () => signals }),
          }),
        ],
      }),
      createFrontendPlugin({
        pluginId: 'catalog',
        extensions: options.catalog ? catalogExtensions(options.catalog) : [],
      }),
      createFrontendPlugin({
        pluginId: 'test',
        extensions: options.entity
          ? [createTestEntityPage({ entity: options.entity })]
          : [],
      }),
    ],
    advanced: { configLoader: async () => ({ config: configOf(options) }) },
  });
  const { unmount } = render(app.createRoot());
  return { unmount, api, signals };
}
