import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * Folder for object caches: `slipway.cacheDirectory`, else one of this portal's own under the working directory.
 * It may be lost at any time; the next look fetches anew.
 */
export function cacheDirectory(config: RootConfigService): string {
  const configured = config.getOptionalString('slipway.cacheDirectory');
  if (configured) return path.resolve(configured);
  const portal = createHash('sha1')
    .update(config.getString('backend.baseUrl'))
    .digest('hex')
    .slice(0, 8);
  return path.join(
    config.getOptionalString('backend.workingDirectory') ?? os.tmpdir(),
    `slipway-${portal}`,
  );
}
