import { modules } from '../__testUtils__/fixtures';
import { filterModules, parseModuleFilters } from './moduleFilters';

describe('filterModules', () => {
  const listed = modules.map(module => ({
    module,
    environmentTitle: '广东生产',
  }));

  it.each([
    ['', ['checkout', 'cart', 'search']],
    ['health=Degraded', ['cart']],
    ['health=Degraded&sync=Synced', []],
    ['fileSync=Current', ['checkout', 'search']],
    ['sync=Unknown', ['search']],
    // A state that does not exist filters nothing.
    ['health=Fine', ['checkout', 'cart', 'search']],
    ['q=PAYMENTS', ['checkout']],
    ['q=购物', ['cart']],
    ['q=proxy:v1 cart', ['cart']],
    ['q=engineer', ['checkout']],
    ['q=广东', ['checkout', 'cart', 'search']],
    ['q=nothing', []],
    ['q=prod2&health=Degraded', ['cart']],
  ])('with %p finds %p', (query, expected) => {
    const filters = parseModuleFilters(new URLSearchParams(query));
    expect(
      filterModules(listed, filters).map(({ module }) => module.name),
    ).toEqual(expected);
  });
});
