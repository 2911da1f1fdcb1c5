import { proxyFor } from './proxy';

const proxy = 'http://proxy.example:3128';

describe('proxyFor', () => {
  it.each<[string, string, Record<string, string>, string | undefined]>([
    ['no proxy', 'https://gd.example', {}, undefined],
    ['https', 'https://gd.example', { HTTPS_PROXY: proxy }, proxy],
    ['http', 'http://gd.example', { HTTP_PROXY: proxy }, proxy],
    ['not the other', 'http://gd.example', { HTTPS_PROXY: proxy }, undefined],
    [
      'lower case first',
      'https://gd.example',
      { HTTPS_PROXY: 'http://other', https_proxy: proxy },
      proxy,
    ],
    [
      'without protocol',
      'https://gd.example',
      { HTTPS_PROXY: 'proxy.example:3128' },
      proxy,
    ],
    ['loopback', 'https://127.0.0.1:6443', { HTTPS_PROXY: proxy }, undefined],
    ['loopback, IPv6', 'https://[::1]:6443', { HTTPS_PROXY: proxy }, undefined],
    [
      'loopback by name',
      'https://localhost',
      { HTTPS_PROXY: proxy },
      undefined,
    ],
  ])('%s', (_, server, environment, expected) => {
    expect(proxyFor(server, environment)).toBe(expected);
  });

  it.each([
    ['*', 'https://gd.example', true],
    ['gd.example', 'https://gd.example', true],
    ['.example', 'https://gd.example', true],
    ['*.example', 'https://gd.example', true],
    ['example', 'https://gd.example', true],
    ['xj.example, gd.example', 'https://gd.example', true],
    ['d.example', 'https://gd.example', false],
    ['gd.example:6443', 'https://gd.example:6443', true],
    ['gd.example:443', 'https://gd.example', true],
    ['gd.example:6443', 'https://gd.example', false],
    ['10.0.0.0/8', 'https://10.1.2.3:6443', true],
    ['10.0.0.0/8', 'https://11.1.2.3:6443', false],
    ['10.0.0.0/99', 'https://10.1.2.3:6443', false],
    ['10.0.0.0/8', 'https://gd.example', false],
    ['10.1.2.3', 'https://10.1.2.3:6443', true],
    ['fd00::/8', 'https://[fd00::1]:6443', true],
    ['fd00::1', 'https://[fd00::1]:6443', true],
  ])('NO_PROXY=%s for %s: %s', (list, server, bypassed) => {
    const environment = { HTTPS_PROXY: proxy, NO_PROXY: list };
    expect(proxyFor(server, environment) === undefined).toBe(bypassed);
  });
});
