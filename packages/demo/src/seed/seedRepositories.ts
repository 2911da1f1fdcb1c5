import { readFile } from 'fs/promises';
import { join } from 'path';
import { GitServer } from '../git';
import { readExampleRepo } from './exampleRepos';
import { parseHistory, planHistory } from './history';
import { DemoAddresses, replacePlaceholders } from './placeholders';

/** The example config repos. */
export const EXAMPLE_REPOS = ['devops', 'shop', 'platform'] as const;

/** Makes the example repositories that are not there yet, each with its history. */
export async function seedRepositories(
  server: GitServer,
  examples: string,
  addresses: DemoAddresses,
  now: Date,
): Promise<void> {
  await Promise.all(
    EXAMPLE_REPOS.map(async name => {
      const repository = await server.createRepository(name);
      if (await repository.resolve('main')) {
        return;
      }
      const files = await readExampleRepo(examples, name);
      for (const [path, content] of files) {
        files.set(path, replacePlaceholders(content, addresses));
      }
      const steps = parseHistory(
        await readFile(join(examples, `${name}.history.yaml`), 'utf8'),
      );
      await server.commit(name, 'main', planHistory(files, steps, now));
    }),
  );
}
