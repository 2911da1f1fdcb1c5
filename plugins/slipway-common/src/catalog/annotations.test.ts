import type { Entity } from '@backstage/catalog-model';
import { isSlipwayAvailable, parseSlipwayAnnotations } from './annotations';

function entityWith(annotations?: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', annotations },
  };
}

const REPO = 'slipway.dev/config-repo';
const MODULE = 'slipway.dev/module';
const ENVIRONMENTS = 'slipway.dev/environments';

describe('parseSlipwayAnnotations', () => {
  it.each([
    [undefined, undefined],
    [{ 'backstage.io/techdocs-ref': 'dir:.' }, undefined],
    [{ [REPO]: 'shop' }, { configRepo: 'shop' }],
    [{ [REPO]: ' 商城 ' }, { configRepo: '商城' }],
    [
      { [REPO]: 'shop', [MODULE]: 'cart', [ENVIRONMENTS]: ' qa, 生产环境,qa ' },
      {
        configRepo: 'shop',
        modules: ['cart'],
        environments: ['qa', '生产环境'],
      },
    ],
  ])('%j chooses %j', (annotations, scope) => {
    const entity = entityWith(annotations);
    expect(parseSlipwayAnnotations(entity)).toEqual({ scope, findings: [] });
    expect(isSlipwayAvailable(entity)).toBe(scope !== undefined);
  });

  it.each([
    [{ [REPO]: '' }, 'annotationInvalid', { name: '', problem: 'empty' }],
    [{ [REPO]: 'a/b' }, 'annotationInvalid', { problem: 'separator' }],
    [{ [REPO]: 'shop,devops' }, 'annotationNotOne', {}],
    [
      { [REPO]: 'x'.repeat(200) },
      'annotationInvalid',
      { name: 'x'.repeat(100), problem: 'tooLong' },
    ],
    [
      { [REPO]: 'shop', [MODULE]: '' },
      'annotationInvalid',
      { annotation: MODULE, problem: 'empty' },
    ],
    [
      { [REPO]: 'shop', [MODULE]: 'cart,,web' },
      'annotationInvalid',
      { annotation: MODULE, problem: 'empty' },
    ],
    [
      { [REPO]: 'shop', [ENVIRONMENTS]: 'qa,../live' },
      'annotationInvalid',
      { annotation: ENVIRONMENTS, name: '../live', problem: 'leadingDot' },
    ],
    [
      { [REPO]: 'shop', [ENVIRONMENTS]: Array(101).fill('qa').join() },
      'annotationTooLong',
      { annotation: ENVIRONMENTS, limit: '100' },
    ],
    [{ [MODULE]: 'cart' }, 'annotationMissing', { annotation: REPO }],
  ])('%j is refused: %s', (annotations, code, params) => {
    const { scope, findings } = parseSlipwayAnnotations(
      entityWith(annotations),
    );
    expect(scope).toBeUndefined();
    expect(findings).toMatchObject([{ severity: 'error', code, params }]);
  });
});
