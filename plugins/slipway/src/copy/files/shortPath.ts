import type { CopyPlace } from '@slipway/backstage-plugin-slipway-common';

function below(path: string, directory: string | undefined): string {
  return directory && path.startsWith(`${directory}/`)
    ? path.slice(directory.length + 1)
    : path;
}

/** A path without what the module's column says already: the place of the environment, and the module's directory in it. */
export function shortPath(
  path: string,
  place: Pick<CopyPlace, 'path'>,
  module: string | undefined,
): string {
  const inPlace = below(path, place.path);
  return inPlace === path ? path : below(inPlace, module);
}
