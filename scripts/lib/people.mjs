import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fromRoot } from './paths.mjs';

/** The example people that the demo lets one sign in as. */
export async function examplePeople() {
  const { parse } = createRequire(import.meta.url)('yaml');
  const config = parse(
    await readFile(fromRoot('app-config.demo.yaml'), 'utf8'),
  );
  return config.auth.providers.demo.people.map(person => ({
    name: person.name,
    title: person.title.en,
    description: person.description.en,
  }));
}
