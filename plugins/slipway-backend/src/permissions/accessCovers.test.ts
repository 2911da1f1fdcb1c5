import { accessCovers } from './accessCovers';
import type { EnvironmentAccess } from './environmentQuery';
import type { EnvironmentFilter } from './types';

const qa = {
  configRepo: 'shop',
  name: 'qa',
  stage: 'qa',
  owner: 'group:default/shop',
  clusters: ['center', 'gd'],
};
const some = (criteria: EnvironmentFilter): EnvironmentAccess => ({
  type: 'some',
  criteria,
});
const stage: EnvironmentFilter = { type: 'stage', stages: ['qa'] };
const cluster: EnvironmentFilter = { type: 'cluster', names: ['center'] };

describe('accessCovers', () => {
  it.each<[EnvironmentAccess, boolean]>([
    [{ type: 'all' }, true],
    [{ type: 'none' }, false],
    [some({ type: 'configRepo', names: ['shop'] }), true],
    [some({ type: 'configRepo', names: ['devops'] }), false],
    [some(stage), true],
    [some({ type: 'stage', stages: ['live'] }), false],
    // All of its clusters.
    [some(cluster), false],
    [some({ type: 'cluster', names: ['gd', 'center', 'xj'] }), true],
    [some({ type: 'owner', claims: ['group:default/shop'] }), true],
    [some({ type: 'owner', claims: [] }), false],
    [{ type: 'some', criteria: { allOf: [stage, cluster] } }, false],
    [{ type: 'some', criteria: { anyOf: [stage, cluster] } }, true],
    [{ type: 'some', criteria: { not: cluster } }, true],
  ])('%j: %s', (access, covered) => {
    expect(accessCovers(access, qa)).toBe(covered);
  });

  it('covers nothing of an environment without stage, owner and clusters by these', () => {
    const bare = { configRepo: 'shop', name: 'x', clusters: [] };
    expect(accessCovers(some(stage), bare)).toBe(false);
    expect(accessCovers(some(cluster), bare)).toBe(false);
  });
});
