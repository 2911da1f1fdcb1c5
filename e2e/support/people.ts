import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Person = {
  name: string;
  title: { en: string; zh: string };
  description: { en: string; zh: string };
};

const file = join(__dirname, '..', '..', 'app-config.demo.yaml');

/** The example people, as the portal is configured with them. */
export const people: Person[] = parse(readFileSync(file, 'utf8')).auth.providers
  .demo.people;
