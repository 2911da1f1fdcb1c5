import type {
  EngineObject,
  EngineResource,
} from '@slipway/backstage-plugin-slipway-node';
import { engineObjectId, type StoredEngineObject } from '../engineObjects';
import { findMakers } from './findMakers';

const listedAs = { group: 'argoproj.io', kind: 'Application' };
const root = { engine: 'argocd', namespace: 'argocd', name: 'root' };
const tracked = {
  kind: 'Application',
  name: 'root',
  engineObject: root,
  listedAs,
};

interface Told {
  name: string;
  /** It lives on. */
  cluster: string;
  /** It delivers to another cluster. */
  to?: string;
  madeBy?: EngineObject['madeBy'];
  /** Applications among its resources. */
  lists?: string[];
  removed?: boolean;
}

function stored({ cluster, madeBy, name, removed = false, to }: Told) {
  const key = { engine: 'argocd', cluster, namespace: 'argocd', name };
  const url = `https://${cluster}.example/${name}`;
  const object = {
    key,
    madeBy,
    url,
    destination: { name: to, inCluster: !to },
  };
  return { id: engineObjectId(key), object, removed } as StoredEngineObject;
}

/** What made `edge/web`. */
async function makerOf(
  madeBy: EngineObject['madeBy'],
  others: Told[],
): Promise<unknown> {
  const web = stored({ cluster: 'edge', name: 'web', madeBy });
  const makers = await findMakers([web], {
    clusters: [{ name: 'hub' }, { name: 'edge' }],
    resolveCluster: ({ destination, key }) => destination.name ?? key.cluster,
    engineObjects: {
      byIds: async ids =>
        others.map(stored).filter(({ id }) => ids.includes(id)),
      resourcesOf: async id =>
        (others.find(one => stored(one).id === id)?.lists ?? []).map(
          (name): EngineResource => ({
            ...listedAs,
            namespace: 'argocd',
            name,
          }),
        ),
    },
  });
  return JSON.parse(JSON.stringify(makers.get(web.id) ?? null));
}

const namesake: Told = { name: 'root', cluster: 'edge', lists: ['api'] };
const onHub: Told = {
  name: 'root',
  cluster: 'hub',
  to: 'edge',
  lists: ['web'],
};
const shown = (cluster: string) => ({
  kind: 'Application',
  name: 'root',
  namespace: 'argocd',
  cluster,
  url: `https://${cluster}.example/root`,
});

describe('findMakers', () => {
  it('finds the maker on the cluster from which it delivers', async () => {
    expect(await makerOf(tracked, [namesake, onHub])).toEqual(shown('hub'));
    expect(
      await makerOf(tracked, [{ ...namesake, lists: ['web'] }, onHub]),
    ).toEqual(shown('edge'));
    // It has the same on its own cluster, which is another.
    expect(await makerOf(tracked, [{ ...onHub, to: undefined }])).toEqual({
      kind: 'Application',
      name: 'root',
    });
  });

  it('says no more than the mark does where the maker is not known', async () => {
    const byName = { kind: 'Application', name: 'root' };
    expect(await makerOf(tracked, [])).toEqual(byName);
    expect(await makerOf(tracked, [{ ...onHub, removed: true }])).toEqual(
      byName,
    );
    const set = { kind: 'ApplicationSet', name: 'shop', namespace: 'argocd' };
    expect(await makerOf({ ...set, sameCluster: true, listedAs }, [])).toEqual({
      ...set,
      cluster: 'edge',
    });
    expect(await makerOf(undefined, [onHub])).toBeNull();
  });

  it('believes a mark that others leave too only where the maker says so', async () => {
    const unsure = { ...tracked, unsure: true };
    expect(await makerOf(unsure, [onHub])).toEqual(shown('hub'));
    expect(await makerOf(unsure, [namesake])).toBeNull();
  });
});
