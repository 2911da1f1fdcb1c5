import { engineManifestPath, manifestTemplateProblem } from './manifestPath';

describe('engineManifestPath', () => {
  const values = { environment: 'prod1', module: 'cart', cluster: 'gd' };

  it.each([
    ['apps/{environment}-{module}.yaml', 'apps/prod1-cart.yaml'],
    ['apps/{cluster}/{module}.yaml', 'apps/gd/cart.yaml'],
    ['apps/{environment}.yaml', 'apps/prod1.yaml'],
    ['generated', undefined],
    ['none', undefined],
    ['../{module}.yaml', undefined],
    ['apps/{nobody}.yaml', undefined],
  ])('writes %s as %s', (manifests, path) => {
    expect(engineManifestPath(manifests, values)).toBe(path);
  });

  it('writes no path from values that leave it', () => {
    const manifests = 'apps/{environment}/{module}.yaml';
    for (const module of ['../x', '..', '', 'a/b']) {
      expect(
        engineManifestPath(manifests, { ...values, module }),
      ).toBeUndefined();
    }
    expect(engineManifestPath(manifests, { environment: 'a' })).toBeUndefined();
  });

  it('says what is wrong with a template', () => {
    expect(
      manifestTemplateProblem('apps/{environment}{module}.yaml'),
    ).toBeUndefined();
    expect(manifestTemplateProblem('generated')).toBeUndefined();
    expect(
      manifestTemplateProblem('apps/{cluster}', ['cluster']),
    ).toBeUndefined();
    expect(manifestTemplateProblem('apps/{cluster}')).toEqual({
      code: 'placeholderUnknown',
      params: { placeholder: 'cluster' },
      pointer: ['engine', 'manifests'],
    });
    expect(manifestTemplateProblem('/apps')).toMatchObject({
      code: 'templateAbsolute',
    });
  });
});
