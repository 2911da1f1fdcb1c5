import { externalPushes } from './externalPushes';

/** `name: parents`, parents before children; names with a capital are Slipway's. */
function pushesOf(graph: string, from = 'a') {
  const commits = graph.split(', ').map(text => {
    const [commit, ...parents] = text.split(' ');
    return { commit, parents };
  });
  const to = commits.at(-1)!.commit;
  const ours = new Set(
    commits.map(({ commit }) => commit).filter(one => /[A-Z]/.test(one)),
  );
  return externalPushes({ from, to, commits, ours })
    .map(({ base, commit }) => `${base}..${commit}`)
    .join(' ');
}

describe('what came past Slipway', () => {
  it.each([
    ['only ours', 'B a, C B', ''],
    ['one', 'b a', 'a..b'],
    ['several at once', 'b a, c b, d c', 'a..d'],
    ['around ours', 'b a, C b, d C, e d', 'a..b C..e'],
    ['before ours', 'b a, C b', 'a..b'],
    ['a merge of a branch', 'x a, B a, m B x', 'B..m'],
    ['a merge with ours as second parent', 'x a, B a, m x B', 'B..m'],
    ['what was seen, merged into a branch from before', 'x old, m x a', 'a..m'],
    ['a merge of only ours', 'B a, C a, m B C', ''],
    ['a merge of ours and what was there', 'B a, m a B', ''],
    ['more after a merge of only ours', 'B a, C a, m B C, n m', 'm..n'],
    ['another line of history', 'x old, y x', 'a..y'],
  ])('%s: %s', (_, graph, expected) => {
    expect(pushesOf(graph)).toBe(expected);
  });
});
