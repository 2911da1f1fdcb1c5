import type { KubernetesObject } from '@slipway/backstage-plugin-slipway-node';
import gitRepository from '../__fixtures__/gitRepository.json';
import { helmRelease } from '../__fixtures__/helmRelease';
import kustomization from '../__fixtures__/kustomization.json';
import { FLUX_KINDS } from '../kinds';
import { FluxView } from './FluxView';
import { slim } from './slim';

const whole = { first: true, last: true };
const outage = { code: 'unreachable', params: {} };
const broken = { code: 'serverError', params: {} };

/** All kinds read, with one Kustomization and its source. */
function settled(): FluxView {
  const view = FluxView.create({ cluster: 'gd' });
  for (const kind of FLUX_KINDS) {
    const objects = [gitRepository, kustomization].filter(
      object => object.kind === kind,
    );
    expect(view.isSettled).toBe(false);
    view.page(kind, objects, whole);
  }
  expect([view.isSettled, view.unread]).toEqual([true, []]);
  return view;
}

describe('FluxView', () => {
  it('knows where an object reads from when its source is gone, until it is pointed elsewhere', () => {
    const view = settled();
    const [{ sources }] = view.all();
    expect(sources).toMatchObject([{ path: 'envs/dev/web' }]);
    const [gone] = view.changes(view.remove('GitRepository', gitRepository));
    expect(gone).toMatchObject({
      object: {
        sources,
        sync: { state: 'Unknown', reason: { code: 'sourceMissing' } },
      },
    });
    const { metadata } = kustomization;
    const moved = view.put('Kustomization', {
      ...kustomization,
      metadata: { ...metadata, generation: 2, resourceVersion: '30000' },
    });
    expect(view.changes(moved)).toMatchObject([{ object: { sources: [] } }]);
  });

  it('takes what a source holds for read from where it could be read last', () => {
    const view = settled();
    const [{ sources }] = view.all();
    const { metadata, spec, status } = gitRepository;
    const pointedTo = (url: string, observed: object) => {
      const touched = view.put('GitRepository', {
        ...gitRepository,
        metadata: { ...metadata, generation: 2, resourceVersion: url },
        spec: { ...spec, url },
        status: { ...status, ...observed },
      });
      const [change] = view.changes(touched);
      return change;
    };
    const failed = {
      type: 'FetchFailed',
      status: 'True',
      reason: 'GitOperationFailed',
      message: 'no route',
    };
    expect(pointedTo('http://nowhere.test/a', {})).toMatchObject({
      object: { sources, sync: { reason: { code: 'notCompared' } } },
    });
    expect(
      pointedTo('http://nowhere.test/b', {
        observedGeneration: 2,
        conditions: [...status.conditions, failed],
      }),
    ).toMatchObject({
      object: { sources, sync: { reason: { code: 'comparisonFailed' } } },
    });
    expect(
      pointedTo('http://elsewhere.test', { observedGeneration: 2 }),
    ).toMatchObject({
      object: { sources: [{ repoUrl: 'http://elsewhere.test' }] },
    });
  });

  it('has another version whenever one of its parts has, and says nothing twice', () => {
    const view = settled();
    expect(view.all()[0].resourceVersion).toBe('21949+21918');
    const again = view.put('GitRepository', gitRepository);
    expect([...again]).toEqual(['Kustomization/flux-system/web-dev']);
    expect(view.changes(again)).toEqual([]);
    const { metadata } = gitRepository;
    const newer = view.put('GitRepository', {
      ...gitRepository,
      metadata: { ...metadata, resourceVersion: '21950' },
    });
    expect(view.changes(newer)).toMatchObject([
      { object: { resourceVersion: '21949+21950' } },
    ]);
  });

  it('waits for kinds that are only out of reach, and not for one that always fails', () => {
    const view = FluxView.create({ cluster: 'gd' });
    for (const kind of FLUX_KINDS) view.fail(kind, outage);
    expect(view.isSettled).toBe(false);
    for (const kind of FLUX_KINDS.filter(one => one !== 'Bucket')) {
      view.page(kind, [], whole);
    }
    expect(view.isSettled).toBe(false);
    // Only what it says itself counts.
    for (const problem of [broken, outage, broken, broken]) {
      view.fail('Bucket', problem);
      expect(view.isSettled).toBe(false);
    }
    view.fail('Bucket', broken);
    expect([view.isSettled, view.unread]).toEqual([true, []]);
    // What is out of reach later is not forgotten.
    expect([...view.fail('Kustomization', outage)]).toEqual([]);
  });

  it('believes only the second time that a kind which it has read is lost', () => {
    const view = settled();
    const forbidden = { code: 'forbidden', params: {} };
    expect(view.fail('Kustomization', forbidden).size).toBe(0);
    expect(view.fail('Kustomization', outage).size).toBe(0);
    expect(view.fail('Kustomization', forbidden).size).toBe(0);
    const touched = view.fail('Kustomization', forbidden);
    expect(view.changes(touched)).toMatchObject([
      { object: { health: { state: 'Unknown', reason: forbidden } } },
    ]);
    view.resume('Kustomization');
    expect(view.fail('Kustomization', forbidden).size).toBe(0);
  });

  it('says nothing where nothing that delivers can be read, and then of what it does not know', () => {
    const view = FluxView.create({ cluster: 'gd' });
    const forbidden = { code: 'forbidden', params: {} };
    const absent = { code: 'kindNotServed', params: {} };
    for (const kind of FLUX_KINDS) view.fail(kind, forbidden);
    for (const kind of FLUX_KINDS) view.fail(kind, forbidden);
    expect(view.isSettled).toBe(false);
    view.page('Kustomization', [kustomization], whole);
    expect(view.isSettled).toBe(true);
    const unread = (reason: object) => [{ kind: 'HelmRelease', reason }];
    expect(view.unread).toEqual(unread(forbidden));
    // What is only out of reach is forbidden all the same.
    view.fail('HelmRelease', outage);
    expect(view.unread).toEqual(unread(forbidden));
    view.fail('HelmRelease', absent);
    expect(view.unread).toEqual(unread(absent));
    // Said twice, there are none.
    view.fail('HelmRelease', absent);
    expect(view.unread).toEqual([]);
    view.fail('HelmRelease', outage);
    expect(view.unread).toEqual([]);
    view.page('HelmRelease', [helmRelease], whole);
    for (let count = 0; count < 2; count++) view.fail('HelmRelease', absent);
    expect(view.unread).toEqual([]);
    expect(view.all()).toMatchObject([
      { key: { name: 'web-dev' } },
      { key: { name: 'redis' }, health: { state: 'Unknown', reason: absent } },
    ]);
  });

  it('keeps no values and nothing that it does not read', () => {
    const object: KubernetesObject = {
      ...helmRelease,
      metadata: {
        ...helmRelease.metadata,
        managedFields: [{ manager: 'kubectl' }],
        annotations: { note: 'long' },
        labels: {
          team: 'long',
          'kustomize.toolkit.fluxcd.io/name': 'apps',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
      },
    };
    const view = settled();
    expect(view.changes(view.put('HelmRelease', object))).toMatchObject([
      { object: { madeBy: { kind: 'Kustomization', name: 'apps' } } },
    ]);
    const kept = JSON.stringify(slim(object));
    expect(kept).toContain('flux-system/shop-redis');
    expect(kept).not.toMatch(/not to be kept|kubectl|long/);
  });
});
