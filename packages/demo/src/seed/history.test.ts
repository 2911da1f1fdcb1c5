import { readFile } from 'fs/promises';
import { join } from 'path';
import { findExamples, readExampleRepo } from './exampleRepos';
import { parseHistory, planHistory } from './history';
import { EXAMPLE_REPOS } from './seedRepositories';

describe('the example repos', () => {
  it.each(EXAMPLE_REPOS)(
    '%s has a history that ends in its files',
    async name => {
      const examples = findExamples();
      const files = await readExampleRepo(examples, name);
      const steps = parseHistory(
        await readFile(join(examples, `${name}.history.yaml`), 'utf8'),
      );
      const now = new Date('2026-11-21T12:00:00Z');
      const commits = planHistory(files, steps, now);

      const tree = new Map<string, string | undefined>();
      for (const commit of commits) {
        expect(commit.files.size).toBeGreaterThan(0);
        commit.files.forEach((content, path) => tree.set(path, content));
      }
      expect(tree).toEqual(
        new Map([...tree.keys()].map(path => [path, files.get(path)])),
      );
      expect(tree.size).toBe(files.size);
      // The last commit is a small one: nothing was left for it to sweep up.
      expect(commits.at(-1)!.files.size).toBeLessThan(10);
      const times = commits.map(({ date }) => date.getTime());
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times.at(-1)).toBeLessThan(now.getTime());
      expect(
        new Set(commits.map(({ author }) => author.name)).size,
      ).toBeGreaterThan(1);
    },
  );
});
