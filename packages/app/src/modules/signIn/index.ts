import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  TranslationBlueprint,
} from '@backstage/plugin-app-react';
import { signInTranslations } from './translation';

/** Replaces the sign-in page of the app plugin; outside a demo it looks the same. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: () =>
          import('./PortalSignInPage').then(m => m.PortalSignInPage),
      },
    }),
    TranslationBlueprint.make({
      name: 'demo-sign-in',
      params: { resource: signInTranslations },
    }),
  ],
});
