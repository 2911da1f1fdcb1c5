import fc from 'fast-check';
import { parseEnvironmentRef, stringifyEnvironmentRef } from './environmentRef';
import { slipwayPermissions } from './permissions';

describe('slipwayPermissions', () => {
  it('are public API: names, actions and resource types stay', () => {
    expect(
      slipwayPermissions.map(permission => [
        permission.name,
        permission.attributes.action,
        'resourceType' in permission ? permission.resourceType : 'basic',
      ]),
    ).toEqual([
      ['slipway.view', 'read', 'basic'],
      ['slipway.environment.read', 'read', 'slipway-environment'],
      ['slipway.environment.sync', 'update', 'slipway-environment'],
      ['slipway.file.read', 'read', 'slipway-environment'],
      ['slipway.change.create', 'create', 'slipway-environment'],
      ['slipway.change.approve', 'update', 'slipway-environment'],
      ['slipway.change.execute', 'update', 'slipway-environment'],
      ['slipway.change.override', 'update', 'slipway-environment'],
      ['slipway.delivery.create', 'create', 'basic'],
      ['slipway.config-repo.admin', 'update', 'slipway-config-repo'],
    ]);
  });
});

describe('environment refs', () => {
  it('are read as they were written, whatever the names', () => {
    const configRepo = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter(name => !name.includes('/'));
    const environment = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(fc.record({ configRepo, environment }), ref => {
        expect(parseEnvironmentRef(stringifyEnvironmentRef(ref))).toEqual(ref);
      }),
    );
  });

  it.each(['', 'shop', '/prod1', 'shop/', '/'])('%j is none', ref => {
    expect(() => parseEnvironmentRef(ref)).toThrow(
      'Write <config repo>/<environment>',
    );
  });

  it.each([
    { configRepo: '', environment: 'a' },
    { configRepo: 'a', environment: '' },
    { configRepo: 'a/b', environment: 'c' },
  ])('%j makes none', ref => {
    expect(() => stringifyEnvironmentRef(ref)).toThrow('Not an environment');
  });
});
