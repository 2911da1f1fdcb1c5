import { makerMarks, readMaker } from './makers';

const options = {
  group: 'argoproj.io',
  kind: 'Application',
  argoCdNamespace: 'argocd',
};
const listedAs = { group: 'argoproj.io', kind: 'Application' };
const web = { name: 'web', namespace: 'argocd' };

const tracked = (instance: string, of = 'argocd/web') => ({
  annotations: {
    'argocd.argoproj.io/tracking-id': `${instance}:argoproj.io/Application:${of}`,
  },
});
const owned = (owner: object) => ({ ownerReferences: [owner] });
const set = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  name: 'shop',
};
const flux = (prefix: string) => ({
  labels: {
    [`${prefix}.toolkit.fluxcd.io/name`]: 'apps',
    [`${prefix}.toolkit.fluxcd.io/namespace`]: 'flux-system',
  },
});
const instance = { labels: { 'app.kubernetes.io/instance': 'root' } };

const application = (name: string, namespace: string, said?: string) => ({
  kind: 'Application',
  name,
  namespace: said,
  engineObject: { engine: 'argocd', namespace, name },
  listedAs,
});
const ofFlux = (kind: string) => ({
  kind,
  name: 'apps',
  namespace: 'flux-system',
  engineObject: {
    engine: 'flux',
    namespace: 'flux-system',
    name: 'apps',
    kind,
  },
  listedAs,
});
const ofSet = {
  kind: 'ApplicationSet',
  name: 'shop',
  namespace: 'argocd',
  sameCluster: true,
  listedAs,
};

describe('readMaker', () => {
  it.each<[string, object, object | undefined]>([
    ['nobody', {}, undefined],
    ['an ApplicationSet', owned(set), ofSet],
    [
      'what else controls it',
      owned({ kind: 'Tenant', name: 'shop', controller: true }),
      { kind: 'Tenant', name: 'shop', sameCluster: true, listedAs },
    ],
    ['an owner that does not', owned({ kind: 'Tenant', name: 'a' }), undefined],
    ['an Application', tracked('root'), application('root', 'argocd')],
    [
      'one in another namespace',
      tracked('teams_root'),
      application('root', 'teams', 'teams'),
    ],
    ['a copied mark', tracked('root', 'argocd/api'), undefined],
    ['a Kustomization', flux('kustomize'), ofFlux('Kustomization')],
    ['a HelmRelease', flux('helm'), ofFlux('HelmRelease')],
    [
      'a label that charts set too',
      instance,
      { ...application('root', 'argocd'), unsure: true },
    ],
    // What stands in the template of a set goes to all that it makes.
    ['the surest', { ...owned(set), ...tracked('root'), ...instance }, ofSet],
    [
      'rather one than a label',
      { ...tracked('root'), ...instance },
      application('root', 'argocd'),
    ],
  ])('says that %s made it', (_, marks, maker) => {
    const metadata = { ...web, ...marks };
    expect(readMaker({ metadata }, options)).toEqual(maker);
    // They are all that is read.
    const kept = { metadata: { ...web, ...makerMarks(metadata) } };
    expect(readMaker(kept, options)).toEqual(maker);
  });

  it('names an Application only as far as it is known where Argo CD lives', () => {
    const unknown = { ...options, argoCdNamespace: undefined };
    const read = (marks: object) =>
      readMaker({ metadata: { ...web, ...marks } }, unknown);
    expect(read(tracked('root'))).toEqual({
      kind: 'Application',
      name: 'root',
      listedAs,
    });
    expect(read(instance)).toBeUndefined();
  });

  it.each([undefined, 7, 'text', [], { labels: 7, annotations: [], a: null }])(
    'takes anything: %j',
    metadata => {
      expect(readMaker({ metadata }, options)).toBeUndefined();
    },
  );
});
