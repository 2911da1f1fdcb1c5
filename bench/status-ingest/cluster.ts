import { DemoCluster } from '../../packages/demo/src/kubernetes';
import { application, APPLICATIONS } from './applications';
import { listWithClient } from './peer';

/** Asks for changes of as many Applications, each once. */
export interface ChangeRequest {
  changes: number;
}

export interface ClusterReady {
  url: string;
}

const TOTAL = 10_000;
const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };

/** A process of its own, so that what the API server uses counts for neither side. */
async function main() {
  const cluster = await DemoCluster.create({ name: 'bench', token: 'bench' });
  cluster.store.create(NAMESPACES, { metadata: { name: 'argocd' } });
  for (let index = 0; index < TOTAL; index++) {
    cluster.store.create(APPLICATIONS, application(index));
  }
  // So that it is warm for whoever measures first
  await listWithClient(cluster.url, 'bench');
  process.on('message', ({ changes }: ChangeRequest) => {
    for (let index = 0; index < changes; index++) {
      const changed = application(index);
      changed.status.health.status = 'Progressing';
      changed.status.sync.status = 'OutOfSync';
      const { name, namespace } = changed.metadata;
      const ref = { ...APPLICATIONS, namespace, name };
      const { metadata } = cluster.store.get(ref);
      cluster.store.update(ref, { ...changed, metadata });
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: cluster.url } satisfies ClusterReady);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
