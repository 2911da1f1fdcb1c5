import { NotAllowedError } from '@backstage/errors';

/** Throws where a sign-in without passwords must never be: in production. */
export function assertDemoAllowed(nodeEnv: string | undefined): void {
  if (nodeEnv === 'production') {
    throw new NotAllowedError(
      'The demo sign-in (auth.providers.demo) lets anybody in without a password and does not load when NODE_ENV is "production". ' +
        'Remove auth.providers.demo from the configuration (do not pass app-config.demo.yaml) and configure a real provider: https://backstage.io/docs/auth/',
    );
  }
}
