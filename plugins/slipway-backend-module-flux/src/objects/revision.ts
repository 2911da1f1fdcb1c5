import { text } from '@slipway/backstage-plugin-slipway-node';

/** `main@sha1:…`, `sha1:…`, and `main/…` as source-controller wrote it before 0.36. */
const COMMIT =
  /(?:(?:^|@)sha(?:1|256):|^(?:.*\/)?)([0-9a-f]{64}|[0-9a-f]{40})$/;

/**
 * The commit id in the revision of an artifact of a GitRepository (`status.artifact.revision`, `status.lastAppliedRevision`).
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#artifact
 */
export function commitOf(revision: unknown): string | undefined {
  return COMMIT.exec(text(revision) ?? '')?.[1];
}

/** What a revision of a source of a kind names: a commit for Git, a digest (`sha256:…`) or a chart's version for others. */
export function revisionOf(
  kind: string,
  revision: unknown,
): string | undefined {
  if (kind === 'GitRepository') return commitOf(revision);
  const whole = text(revision);
  return whole?.slice(whole.lastIndexOf('@') + 1);
}
