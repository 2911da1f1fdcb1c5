import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { ApplicationSets } from './ApplicationSets';

const failing = (name: string, message: string, status = 'True') => ({
  metadata: { namespace: 'argocd', name },
  status: {
    conditions: [
      { type: 'ResourcesUpToDate', status: 'False', message },
      {
        type: 'ErrorOccurred',
        status,
        reason: 'RenderTemplateParamsError',
        message,
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
  },
});

/** What an Application of that name says, made by a set unless it stands alone. */
function join(sets: ApplicationSets, name: string, maker?: string) {
  const madeBy = maker && {
    kind: 'ApplicationSet',
    namespace: 'argocd',
    name: maker,
  };
  const object = {
    key: { engine: 'argocd', cluster: 'gd', namespace: 'argocd', name },
    conditions: [{ type: 'SyncError', message: 'own' }],
    madeBy,
  } as EngineObject;
  const joined = sets.join(object);
  return joined.conditions.map(({ type, message }) => `${type}: ${message}`);
}

const named = (...names: string[]) =>
  names.map(name => expect.objectContaining({ namespace: 'argocd', name }));

describe('ApplicationSets', () => {
  it('tells what a set cannot do with each Application that it made, and only those', () => {
    const sets = ApplicationSets.create();
    const own = 'SyncError: own';
    const error = 'ApplicationSet shop: RenderTemplateParamsError: no key';
    expect(join(sets, 'a', 'shop')).toEqual([own]);
    expect(sets.put(failing('shop', 'no key'))).toEqual(named('a'));
    expect(join(sets, 'a', 'shop')).toEqual([own, error]);
    // One that came after the error has it at once.
    expect(join(sets, 'b', 'shop')).toEqual([own, error]);
    expect(join(sets, 'c', 'other')).toEqual([own]);
    expect(join(sets, 'd')).toEqual([own]);

    // Only what is new is told anew.
    expect(sets.put(failing('shop', 'no key'))).toEqual([]);
    expect(sets.put(failing('shop', 'no host'))).toEqual(named('a', 'b'));
    sets.forget({ namespace: 'argocd', name: 'b' });
    // Taken out of the set.
    join(sets, 'a');
    join(sets, 'e', 'shop');
    expect(sets.put(failing('shop', 'fine', 'False'))).toEqual(named('e'));
    expect(join(sets, 'e', 'shop')).toEqual([own]);
  });

  it('forgets the error of a set that is gone', () => {
    const sets = ApplicationSets.create();
    for (const name of ['one', 'two', 'three']) join(sets, name, name);
    const position = { first: true, last: false };
    expect(sets.page([failing('one', 'x')], position)).toEqual(named('one'));
    expect(
      sets.page([failing('two', 'x'), failing('three', 'x')], {
        first: false,
        last: true,
      }),
    ).toEqual(named('two', 'three'));
    expect(sets.remove(failing('three', 'x'))).toEqual(named('three'));
    // Listed anew, without the first.
    expect(
      sets.page([failing('two', 'x')], { first: true, last: true }),
    ).toEqual(named('one'));
    sets.forgetAll();
    expect(sets.page([], { first: true, last: true })).toEqual([]);
  });

  it('knows whether more was said of an Application since', () => {
    const sets = ApplicationSets.create();
    join(sets, 'a', 'shop');
    const [made] = sets.put(failing('shop', 'x'));
    expect(sets.isNewest(made)).toBe(true);
    join(sets, 'a', 'shop');
    expect(sets.isNewest(made)).toBe(false);
    const [again] = sets.remove(failing('shop', 'x'));
    expect(sets.isNewest(again)).toBe(true);
    sets.forget(again);
    expect(sets.isNewest(again)).toBe(false);
  });

  it('survives garbage', () => {
    const sets = ApplicationSets.create();
    for (const set of [{}, { metadata: 7, status: 'x' }, { status: [] }]) {
      expect(sets.put(set)).toEqual([]);
    }
    expect(join(sets, 'a', '')).toHaveLength(1);
  });
});
