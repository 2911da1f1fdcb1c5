import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** The header in which the sign-in page names the chosen person. */
const HEADER = 'x-demo-user';

/** Who signs in. */
export type DemoResult = { name: string; displayName: string };

/** Believes the header, but only for the configured people. */
export const demoAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform({ displayName }: DemoResult) {
    return { profile: { displayName } };
  },
  initialize({ config }) {
    return new Map(
      config
        .getConfigArray('people')
        .map(person => [
          person.getString('name'),
          person.getString('title.en'),
        ]),
    );
  },
  async authenticate({ req }, people: Map<string, string>) {
    const name = req.header(HEADER);
    if (!name) {
      throw new AuthenticationError(
        `The demo sign-in needs the header ${HEADER} with the name of an example person`,
      );
    }
    const displayName = people.get(name);
    if (!displayName) {
      throw new InputError(
        `The demo sign-in does not know "${name}"; it knows ${[
          ...people.keys(),
        ].join(', ')} (auth.providers.demo.people)`,
      );
    }
    return { result: { name, displayName } };
  },
});
