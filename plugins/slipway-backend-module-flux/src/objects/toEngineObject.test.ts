import { fields } from '@slipway/backstage-plugin-slipway-node';
import fc from 'fast-check';
import gitRepository from '../__fixtures__/gitRepository.json';
import { helmChart, helmRelease } from '../__fixtures__/helmRelease';
import kustomization from '../__fixtures__/kustomization.json';
import type { EngineKind } from '../kinds';
import { toEngineObject } from './toEngineObject';

describe('anything', () => {
  /** Puts something else in one place of an object, or leaves the place out. */
  const broken = (object: object, value: unknown, seed: number): unknown => {
    const text = JSON.stringify(object);
    const places: string[][] = [];
    const collect = (at: unknown, path: string[]) => {
      places.push(path);
      if (typeof at === 'object' && at !== null) {
        for (const [key, below] of Object.entries(at))
          collect(below, [...path, key]);
      }
    };
    collect(object, []);
    const path = places[seed % places.length];
    if (path.length === 0) return value;
    const copy = JSON.parse(text);
    let parent = copy;
    for (const key of path.slice(0, -1)) parent = parent[key];
    parent[path.at(-1)!] = value;
    return copy;
  };

  const object = (original: object) =>
    fc.oneof(
      fc
        .tuple(fc.jsonValue(), fc.nat())
        .map(([value, seed]) => broken(original, value, seed)),
      fc.anything(),
    );

  it.each<[EngineKind, object]>([
    ['Kustomization', kustomization],
    ['HelmRelease', helmRelease],
  ])('that is a %s or not never throws', (kind, original) => {
    fc.assert(
      fc.property(
        object(original),
        object(gitRepository),
        object(helmChart),
        (engineObject, repository, chart) => {
          const told = toEngineObject(engineObject, {
            kind,
            cluster: 'gd',
            find: ref => ({
              state: 'found',
              object: fields(ref.kind === 'HelmChart' ? chart : repository),
            }),
          });
          expect(JSON.parse(JSON.stringify(told ?? {}))).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});
