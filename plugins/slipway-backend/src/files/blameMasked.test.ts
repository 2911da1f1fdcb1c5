import { blameMasked } from './blameMasked';

const commit = (id: string, second: number, ...parents: string[]) => ({
  commit: id,
  parents,
  committerAt: new Date(second * 1000).toISOString(),
});

describe('blameMasked', () => {
  it('shows the newest commit of what is on one line, in any order', () => {
    const infos = new Map(
      [
        commit('old', 1),
        commit('new', 2, 'old'),
        // Rebased within the second of the one before.
        commit('same', 2, 'new'),
      ].map(info => [info.commit, info]),
    );
    expect(
      blameMasked(
        ['old', 'new', 'old', 'same', 'new', 'old', 'new', 'same', 'old'],
        [0, 1, 1, 2, 2, 3, 4, 4, 5],
        infos,
      ),
    ).toEqual(['old', 'new', 'same', 'old', 'same', 'old']);
    expect(blameMasked([], [0], infos)).toEqual([]);
  });
});
