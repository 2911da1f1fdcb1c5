import { Layout } from '@slipway/backstage-plugin-slipway-common';
import type { RepoModel } from '../status/types';
import { placeOf } from './placeOf';

const { layout } = Layout.parse(
  [
    { path: '{environment}/{module}' },
    { path: 'tags/{environment}/{module}.yaml' },
  ],
  { ignore: ['docs', 'base', 'tags'] },
);
const model = { layout } as RepoModel;
const sharedBy = (path: string) =>
  path.startsWith('base/') ? [{ environment: 'dev', module: 'cart' }] : [];

describe('placeOf', () => {
  it.each([
    ['dev/cart', { type: 'module', environment: 'dev', module: 'cart' }],
    [
      'dev/cart/a/b.yaml',
      { type: 'module', environment: 'dev', module: 'cart' },
    ],
    [
      'base/cart.yaml',
      { type: 'shared', touches: [{ environment: 'dev', module: 'cart' }] },
    ],
    ['docs/cart.md', { type: 'other' }],
    ['README.md', { type: 'other' }],
    ['.slipway/repo.yaml', { type: 'metadata', environment: undefined }],
    [
      '.slipway/environments/dev.yaml',
      { type: 'metadata', environment: 'dev' },
    ],
    ['.slipway/environments/dev.yml', { type: 'metadata', environment: 'dev' }],
    [
      '.slipway/environments/sub/dev.yaml',
      { type: 'metadata', environment: undefined },
    ],
    ['.slipway', { type: 'metadata', environment: undefined }],
    ['.slipwayish/file', { type: 'other' }],
  ])('%s', (path, place) => {
    expect(placeOf(model, path, sharedBy)).toEqual(place);
  });
});
