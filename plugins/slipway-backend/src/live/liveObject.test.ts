import type {
  EngineMarks,
  EngineObjectKey,
} from '@slipway/backstage-plugin-slipway-node';
import { isDelivered } from './liveObject';

const marks: EngineMarks = {
  fieldManagers: [],
  metadata: [],
  owners: [
    { type: 'oneKey', key: 'tracking-id' },
    { type: 'oneKey', key: 'instance' },
    {
      type: 'twoKeys',
      kind: 'Kustomization',
      name: 'k/name',
      namespace: 'k/ns',
    },
    { type: 'twoKeys', kind: 'HelmRelease', name: 'h/name', namespace: 'h/ns' },
  ],
  hooks: [],
  kept: [],
  leftAlone: [],
};

const key = (namespace: string, kind?: string): EngineObjectKey => ({
  engine: 'any',
  cluster: 'centre',
  namespace,
  name: 'web',
  kind,
});

describe('isDelivered', () => {
  it.each<[string, object, EngineObjectKey, boolean]>([
    [
      'its tracking id',
      { 'tracking-id': 'web:apps/A:x/y' },
      key('argocd'),
      true,
    ],
    ['its label', { instance: 'web' }, key('argocd'), true],
    ['a longer name', { instance: 'web-2' }, key('argocd'), false],
    [
      'its name in another namespace',
      { instance: 'web' },
      key('team-a'),
      false,
    ],
    ['namespace and name', { instance: 'team-a_web' }, key('team-a'), true],
    ['those of another', { instance: 'team-a_web' }, key('argocd'), false],
    [
      'a mark that names nothing',
      { 'k/ns': 'web' },
      key('flux', 'Kustomization'),
      false,
    ],
    [
      'half of its marks',
      { 'k/name': 'web' },
      key('flux', 'Kustomization'),
      false,
    ],
    [
      'both of its marks',
      { 'k/name': 'web', 'k/ns': 'flux' },
      key('flux', 'Kustomization'),
      true,
    ],
    [
      'another namespace',
      { 'k/name': 'web', 'k/ns': 'shop' },
      key('flux', 'Kustomization'),
      false,
    ],
    [
      'marks of another kind',
      { 'h/name': 'web', 'h/ns': 'flux' },
      key('flux', 'Kustomization'),
      false,
    ],
    ['no mark', {}, key('argocd'), false],
  ])('knows by %s whose an object is', (_, said, of, expected) => {
    const object = { key: of, controllerNamespace: 'argocd' };
    expect(isDelivered({ metadata: { labels: said } }, object, marks)).toBe(
      expected,
    );
    expect(
      isDelivered({ metadata: { annotations: said } }, object, marks),
    ).toBe(expected);
  });

  it('takes no plain name where it is not known which controller is meant', () => {
    const live = { metadata: { labels: { instance: 'web' } } };
    expect(isDelivered(live, { key: key('argocd') }, marks)).toBe(false);
  });
});
