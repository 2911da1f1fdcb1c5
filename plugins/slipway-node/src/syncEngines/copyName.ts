import type { EngineManifestPlace } from './copies';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const SUBDOMAIN =
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const BETWEEN_WORDS = /(?<=[-.])|(?=[-.])/;

/**
 * Whether Kubernetes takes it for the name of an object: a DNS subdomain of at most 253 characters.
 *
 * @public
 */
export function isObjectName(name: string): boolean {
  return name.length <= 253 && SUBDOMAIN.test(name);
}

/**
 * A name with the source environment's name in it, as words between `-` and `.`, with that of the copy instead.
 *
 * @returns undefined where the source environment's name is not in it
 * @public
 */
export function renameForCopy(
  name: string,
  from: Pick<EngineManifestPlace, 'environment'>,
  to: Pick<EngineManifestPlace, 'environment'>,
): string | undefined {
  const words = name.split(BETWEEN_WORDS);
  const old = from.environment.split(BETWEEN_WORDS);
  for (let at = 0; at + old.length <= words.length; at += 1) {
    if (old.every((word, index) => words[at + index] === word)) {
      words.splice(at, old.length, to.environment);
      return words.join('');
    }
  }
  return undefined;
}
