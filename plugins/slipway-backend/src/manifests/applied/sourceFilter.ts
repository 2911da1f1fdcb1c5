import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import picomatch from 'picomatch';

/** What an engine object reads of a repository, and which of its files. */
export type AppliedSource = Pick<
  EngineSource,
  'recurse' | 'include' | 'exclude'
> & { path: string };

/**
 * Which files a plain directory is read for: those in it, those below it where the source recurses, and of those what `include` and
 * `exclude` leave. As in Argo CD's `spec.source.directory`.
 *
 * @public
 */
export function sourceFilter(source: AppliedSource): (path: string) => boolean {
  const base = source.path ? `${source.path}/` : '';
  const included = source.include ? glob(source.include) : () => true;
  const excluded = source.exclude ? glob(source.exclude) : () => false;
  return path => {
    if (path === source.path) return true;
    if (!path.startsWith(base)) return false;
    const relative = path.slice(base.length);
    return (
      (source.recurse || !relative.includes('/')) &&
      included(relative) &&
      !excluded(relative)
    );
  };
}

/** As Argo CD reads globs: `*` goes past slashes. */
function glob(pattern: string): (path: string) => boolean {
  return picomatch(pattern, { dot: true, bash: true, nonegate: true });
}
