import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** The header in which the sign-in page names the chosen person. */
const HEADER = 'x-demo-user';

/** Believes the header, but only for the configured people. */
export const demoAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform() {
    return { profile: {} };
  },
  initialize({ config }) {
    return new Set(
      config.getConfigArray('people').map(person => person.getString('name')),
    );
  },
  async authenticate({ req }, people: Set<string>) {
    const name = req.header(HEADER);
    if (!name) {
      throw new AuthenticationError(
        `The demo sign-in needs the header ${HEADER} with the name of an example person`,
      );
    }
    if (!people.has(name)) {
      throw new InputError(
        `The demo sign-in does not know "${name}"; it knows ${[...people].join(
          ', ',
        )} (auth.providers.demo.people)`,
      );
    }
    return { result: { name } };
  },
});
