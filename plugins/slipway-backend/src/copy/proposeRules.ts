import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentModel } from '../status/types';
import { isLabel, rewriteText, type CompiledRule } from './rewrite';
import { targetPairs } from './targetPairs';
import type { CopyTo } from './types';

/** Hosts that are proposed; of more nobody reads them all. */
const MAX_HOSTS = 20;
const HOST_KEYS = new Set(['host', 'hosts', 'hostnames']);
const HOST = /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * Rules that follow from what the environments are called and where they go: their namespaces, labels that say the name or the
 * cluster of the source, and hosts of the source, which can belong to one environment only.
 *
 * @param manifests - those that are to be copied
 */
export function proposeRules(
  source: EnvironmentModel,
  to: CopyTo,
  manifests: ReadonlyArray<{ path: string; text: string }>,
): CopyRule[] {
  const renamed = new Map<string, string>([[source.name, to.name]]);
  const namespaces = new Map<string, string>();
  for (const [one, other] of targetPairs(source.targets, to.targets)) {
    if (one.namespace !== other.namespace) {
      namespaces.set(one.namespace, other.namespace);
    }
    if (one.cluster !== other.cluster) renamed.set(one.cluster, other.cluster);
  }
  const labels = new Map<string, CopyRule>();
  const hosts = new Set<string>();
  const collect: CompiledRule = {
    index: 0,
    needles: ['host', ...renamed.keys()],
    apply(value, place) {
      const { key } = place;
      const other = renamed.get(value);
      if (other !== undefined && isLabel(place)) {
        const rule = { path: key, from: value, to: other };
        labels.set(JSON.stringify(rule), { type: 'label', ...rule });
      }
      if (HOST_KEYS.has(key) && HOST.test(value) && !isInternal(value)) {
        hosts.add(value);
      }
      return value;
    },
  };
  for (const { path, text } of manifests) {
    if (/\.(?:ya?ml|json)$/i.test(path)) {
      rewriteText({ path, text, rules: [collect] });
    }
  }
  const words = new Map([...namespaces, ...renamed]);
  return [
    ...[...namespaces].map(
      ([one, other]): CopyRule => ({ type: 'namespace', from: one, to: other }),
    ),
    ...labels.values(),
    ...[...hosts].slice(0, MAX_HOSTS).flatMap((host): CopyRule[] => {
      const other = proposeHost(host, words, to.name);
      return other ? [{ type: 'host', from: host, to: other }] : [];
    }),
  ];
}

/** Names of Services are those of namespaces. */
function isInternal(host: string): boolean {
  return /\.svc(?:\.|$)/.test(host);
}

/** The host with the new names in place of the old ones; where it has none of them, with the environment's name in front. */
function proposeHost(
  host: string,
  words: ReadonlyMap<string, string>,
  name: string,
): string | undefined {
  const wild = host.startsWith('*.') ? '*.' : '';
  const labels = host.slice(wild.length).split('.');
  const moved = labels.map(label => words.get(label) ?? label);
  const proposed = moved.some((label, index) => label !== labels[index])
    ? moved
    : [name, ...labels];
  const other = wild + proposed.join('.');
  return HOST.test(other) && other.length <= 253 ? other : undefined;
}
