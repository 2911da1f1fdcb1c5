import type { ExpectedDifference } from '@slipway/backstage-plugin-slipway-common';
import { pathMatcher } from '../manifests/yaml/valuePaths';
import type { IsExpected } from './expectedValues';

/** What `spec.comparison.expected` of `.slipway/repo.yaml` says that environments may differ in. */
export function declaredExpectations(
  declared: readonly ExpectedDifference[],
): IsExpected {
  const rules = declared.map(({ path, kind, name }) => ({
    matches: pathMatcher(path),
    object: [kind, name],
  }));
  return (_, __, at) => {
    if (!at) return false;
    const slash = at.object?.indexOf('/') ?? -1;
    const found = [at.object?.slice(0, slash), at.object?.slice(slash + 1)];
    return rules.some(
      ({ matches, object }) =>
        object.every((one, index) => !one || one === found[index]) &&
        matches(at.path),
    );
  };
}
