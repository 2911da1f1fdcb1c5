import { mockServices } from '@backstage/backend-test-utils';
import { readConfigRepos } from './readConfigRepos';

const read = (...configRepos: object[]) =>
  readConfigRepos(
    mockServices.rootConfig({
      data: { slipway: { configRepos: configRepos as never } },
    }),
  );

describe('readConfigRepos', () => {
  it('fills in what is left out', () => {
    expect(read({ name: 'shop', url: 'https://git.example/shop.git' })).toEqual(
      [
        {
          name: 'shop',
          url: 'https://git.example/shop.git',
          branch: 'main',
          refreshMinutes: 1,
        },
      ],
    );
    expect(readConfigRepos(mockServices.rootConfig())).toEqual([]);
  });

  it.each([
    [[{ name: 'Shop', url: 'https://a.b/c' }], /configRepos\[0\]\.name 'Shop'/],
    [
      [
        { name: 'shop', url: 'https://a.b/c' },
        { name: 'shop', url: 'https://a.b/d' },
      ],
      /configRepos\[1\]\.name 'shop' is used twice/,
    ],
    [[{ name: 'shop', url: 'git@a.b:c' }], /url is not a URL/],
    [[{ name: 'shop', url: 'file:///etc' }], /must begin with https/],
    [
      [{ name: 'shop', url: 'https://me:secret@a.b/c' }],
      /must not hold credentials/,
    ],
    [
      [{ name: 'shop', url: 'https://a.b/c', refresh: { minutes: 0 } }],
      /minutes must be more than 0/,
    ],
  ])('refuses %j', (configRepos, message) => {
    expect(() => read(...configRepos)).toThrow(message);
  });

  it('never repeats a secret', () => {
    expect(() =>
      read({ name: 'shop', url: 'https://me:secret@a.b/c' }),
    ).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('secret'),
      }),
    );
  });
});
