/** Names the lease to watch one engine on one cluster. */
export function clusterLeaseKey(cluster: string, engine: string): string {
  return `cluster:${cluster}:${engine}`;
}
