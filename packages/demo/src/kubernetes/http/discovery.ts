import type { ResourceType } from '../store/types';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** What `/version` tells. */
export const VERSION = {
  major: '1',
  minor: '33',
  gitVersion: 'v1.33.4',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2025-08-12T00:00:00Z',
  goVersion: 'go1.24.5',
  compiler: 'gc',
  platform: 'linux/amd64',
};

function resourceList(groupVersion: string, types: ResourceType[]) {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: types.flatMap(type => {
      const { resource, singular, namespaced, kind, shortNames, categories } =
        type;
      const entry = {
        name: resource,
        singularName: singular,
        namespaced,
        kind,
        verbs: VERBS,
        shortNames: shortNames.length ? shortNames : undefined,
        categories: categories.length ? categories : undefined,
      };
      const status = {
        name: `${resource}/status`,
        singularName: '',
        namespaced,
        kind,
        verbs: ['get', 'patch', 'update'],
      };
      return type.statusSubresource ? [entry, status] : [entry];
    }),
  };
}

function groupOf(name: string, types: ResourceType[]) {
  const names = new Set(
    types.filter(({ group }) => group === name).map(({ version }) => version),
  );
  const versions = [...names].map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

/** The discovery document at a path, `undefined` where there is none. */
export function discoveryDocument(
  segments: string[],
  types: ResourceType[],
): object | undefined {
  const [root, ...rest] = segments;
  const groups = new Set(types.map(({ group }) => group).filter(Boolean));
  if (root === 'api' && rest.length === 0) {
    return {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [],
    };
  }
  if (root === 'apis' && rest.length === 0) {
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [...groups].map(group => groupOf(group, types)),
    };
  }
  if (root === 'apis' && rest.length === 1 && groups.has(rest[0])) {
    return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(rest[0], types) };
  }
  const [group, version] = root === 'api' ? ['', ...rest] : rest;
  const isVersion = rest.length === (root === 'api' ? 1 : 2);
  const found = types.filter(
    type => type.group === group && type.version === version,
  );
  return isVersion && found.length
    ? resourceList(group ? `${group}/${version}` : version, found)
    : undefined;
}
