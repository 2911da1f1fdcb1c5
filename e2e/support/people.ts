import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Person = {
  name: string;
  title: { en: string; zh: string };
  description: { en: string; zh: string };
};

const file = new URL('../../app-config.demo.yaml', import.meta.url);

/** The example people, as the portal is configured with them. */
export const people: Person[] = parse(readFileSync(file, 'utf8')).auth.providers
  .demo.people;
