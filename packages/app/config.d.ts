export interface Config {
  auth?: {
    providers?: {
      /**
       * Demo only: lets everyone who reaches the portal sign in as one of these
       * people without a password. The backend refuses to start with it when
       * NODE_ENV is production.
       *
       * @deepVisibility frontend
       */
      demo?: {
        people: Array<{
          /** The name of a User entity in the default namespace. */
          name: string;
          /** How the person is called, by language; `en` is needed. */
          title: { en: string; [language: string]: string };
          /** One line about what the person may do, by language; `en` is needed. */
          description: { en: string; [language: string]: string };
        }>;
      };
    };
  };
}
