import type { ConfigApi } from '@backstage/core-plugin-api';

/** Somebody whom the demo lets one sign in as. */
export type DemoPerson = {
  /** The name of the User entity. */
  name: string;
  title: string;
  /** One line about what this person may do. */
  description: string;
};

/** Reads `auth.providers.demo.people`; empty where the portal is not a demo. */
export function readDemoPeople(
  config: ConfigApi,
  language: string,
): DemoPerson[] {
  const people =
    config.getOptionalConfigArray('auth.providers.demo.people') ?? [];

  return people.map(person => {
    const text = (key: string) =>
      person.getOptionalString(`${key}.${language}`) ??
      person.getString(`${key}.en`);
    return {
      name: person.getString('name'),
      title: text('title'),
      description: text('description'),
    };
  });
}
