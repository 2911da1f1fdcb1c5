import type { CopyOptions } from './types';
import { copyEngineManifests } from './copyEngineManifests';
import { leavesOf } from './rewrite/leaves';
import { targetValues } from './targetValues';

const place = (path: string) => ({ key: '', parent: '', path: () => path });

describe('what a manifest repeats', () => {
  it('makes a target without values where there are too many', () => {
    const doubled = Array.from(
      { length: 40 },
      (_, i) => `a${i + 1}: &a${i + 1} {a: *a${i}, a: *a${i}}\n`,
    ).join('');
    expect(targetValues('a0: 1\n')(place('a0'))).toBe('1');
    expect(
      targetValues(`a0: &a0 {a: 0, a: 0}\n${doubled}b: 1\n`)(place('b')),
    ).toBeUndefined();
  });

  it('does not make paths that nobody could mean', () => {
    const text = `? ${'k'.repeat(100_000)}\n: {a: [{name: ${'n'.repeat(
      100_000,
    )}, b: 1}]}\n`;
    for (const leaf of leavesOf(text)) {
      expect(leaf.place.path().length).toBeLessThan(5_000);
    }
  });

  it.each([
    [
      'has more keys than one would compare with each other',
      'k: v\n'.repeat(20_000),
    ],
    ['is deeper than one would read', '['.repeat(1_000)],
  ])('is not given to an engine that %s', async (_, text) => {
    const copied: unknown[] = [];
    const module = { name: 'cart', path: 'dev/cart' };
    const environment = { name: 'dev', targets: [] };
    const { rows } = await copyEngineManifests(
      environment as never,
      { ...environment, name: 'qa' } as never,
      [{ module: module as never, path: 'qa/cart' }],
      {
        repo: {
          model: {
            file: {
              spec: { engine: { manifests: 'apps/{environment}.yaml' } },
            },
            layout: {
              match: (path: string) => ({
                values: {},
                environment: path.split('/')[0],
                module: 'cart',
              }),
            },
          },
          snapshot: {
            entry: (path: string) =>
              path === 'apps/dev.yaml'
                ? { mode: '100644', oid: 'x' }
                : undefined,
          },
        },
        engine: {
          objects: [],
          copyManifest: (asked: unknown) => copied.push(asked),
        },
        mayRead: () => true,
        readBlob: async () => Buffer.from(text),
      } as unknown as CopyOptions,
    );
    expect(rows).toMatchObject([
      { file: { status: 'refused', remarks: [{ code: 'copyUnparsable' }] } },
    ]);
    expect(copied).toEqual([]);
  });
});
