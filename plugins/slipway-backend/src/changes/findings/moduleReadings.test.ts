import { moduleReadings } from './moduleReadings';

const moduleAt = (name: string) => ({
  touched: { environment: 'dev', module: name, targets: [], shared: false },
  path: `dev/${name}`,
});
const [cart, web] = [moduleAt('cart'), moduleAt('web')];
const source = (path: string | undefined, more: object = {}) => ({
  repoUrl: 'https://git.example/shop.git',
  path,
  recurse: false,
  ...more,
});

describe('moduleReadings', () => {
  it('reads everything below a module that nothing carries', () => {
    expect(moduleReadings([cart], new Map([['dev/cart', []]]))).toEqual([
      { sources: [{ path: 'dev/cart', recurse: true }], modules: [cart] },
    ]);
  });

  it('reads once what several engine objects read the same way, and together what one reads', () => {
    const own = source('dev/cart');
    const above = source('dev', { recurse: true, exclude: 'x' });
    expect(
      moduleReadings(
        [cart, web],
        new Map([
          ['dev/cart', [[own], [own], [above]]],
          ['dev/web', [[above]]],
        ]),
      ),
    ).toEqual([
      { sources: [{ path: 'dev/cart', recurse: false }], modules: [cart] },
      {
        sources: [{ path: 'dev', recurse: true, exclude: 'x' }],
        modules: [cart, web],
      },
    ]);
  });

  it('leaves out what renders nothing of the module', () => {
    const carriers = [
      [
        source(undefined, { chart: 'redis' }),
        source('dev/cart', { refOnly: true }),
        source('charts/cart'),
      ],
    ];
    expect(moduleReadings([cart], new Map([['dev/cart', carriers]]))).toEqual(
      [],
    );
  });
});
