import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { languageModule } from './language';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

/** The demo portal. Everything else is discovered from package.json (`app.packages: all`). */
export const app = createApp({
  features: [catalogPlugin, languageModule, navModule, signInModule],
});
