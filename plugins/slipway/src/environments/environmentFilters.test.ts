import {
  EnvironmentFilters,
  isNarrowed,
  parseFilters,
  toQuery,
  writeFilters,
} from './environmentFilters';

const usual = parseFilters(new URLSearchParams());

describe('environment filters', () => {
  it.each<[string, Partial<EnvironmentFilters>]>([
    ['', {}],
    ['view=unmanaged', { managed: false }],
    ['q=a+%26+b', { search: 'a & b' }],
    ['stage=live&stage=qa', { stages: ['live', 'qa'] }],
    [
      'cluster=gd&state=Failed&state=Deployed',
      { clusters: ['gd'], deployStates: ['Failed', 'Deployed'] },
    ],
    [
      'sort=modules&order=desc&rows=150',
      { sort: 'modules', order: 'desc', rows: 150 },
    ],
  ])('reads %p and writes it back', (text, expected) => {
    const filters = parseFilters(new URLSearchParams(text));
    expect(filters).toEqual({ ...usual, ...expected });
    expect(writeFilters(new URLSearchParams(), filters).toString()).toBe(text);
  });

  it.each([
    'sort=owner',
    'order=sideways',
    'rows=-1',
    'rows=1e99',
    'rows=x',
    'state=Splendid',
    'view=',
  ])('takes %p for nothing', text => {
    const filters = parseFilters(new URLSearchParams(text));
    expect({ ...filters, rows: usual.rows }).toEqual(usual);
    expect(filters.rows).toBeLessThanOrEqual(5_000);
  });

  it('leaves the parameters of others alone', () => {
    const written = writeFilters(new URLSearchParams('tab=2&q=old'), {
      ...usual,
      search: 'new',
    });
    expect(written.toString()).toBe('tab=2&q=new');
  });

  it('asks the API only for what is narrowed', () => {
    expect(isNarrowed(usual)).toBe(false);
    expect(toQuery(usual)).toEqual({
      managed: true,
      sort: 'stage',
      order: 'asc',
    });
    expect(isNarrowed({ ...usual, stages: ['qa'] })).toBe(true);
  });
});
