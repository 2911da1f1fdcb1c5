/**
 * Rewrites an image reference (https://github.com/distribution/reference): the repository `from`, or one below it, becomes `to`, and
 * its tag or digest `tag`.
 */
export function rewriteImage(
  image: string,
  { from, to, tag }: { from: string; to: string; tag?: string },
): string {
  const { repository, version } = parse(image);
  if (repository !== from && !repository.startsWith(`${from}/`)) return image;
  const moved = to + repository.slice(from.length);
  return moved + (tag ? `:${tag}` : version);
}

/** The version begins with `:` or `@`; that of a registry with a port is behind the last slash. */
function parse(image: string): { repository: string; version: string } {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const end = colon < 0 ? named.length : colon;
  return { repository: image.slice(0, end), version: image.slice(end) };
}
