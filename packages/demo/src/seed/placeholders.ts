/** Where the demo's servers are, for the files that name them. */
export interface DemoAddresses {
  git: string;
  clusters: Record<string, string>;
}

/**
 * Puts real addresses in place of `http://git.demo.invalid` and
 * `http://{cluster}.cluster.demo.invalid`: the example repos are written
 * before anybody knows the ports.
 */
export function replacePlaceholders(
  text: string,
  addresses: DemoAddresses,
): string {
  return text
    .replaceAll('http://git.demo.invalid', addresses.git)
    .replace(
      /http:\/\/([a-z0-9-]+)\.cluster\.demo\.invalid/g,
      (match, name: string) => addresses.clusters[name] ?? match,
    );
}
