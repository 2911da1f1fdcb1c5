import { ProxiedSignInPage } from '@backstage/core-components';
import type { IdentityApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { useState } from 'react';
import type { DemoPerson } from './demoPeople';
import { PeopleChoice } from './PeopleChoice';
import { rememberedPerson } from './rememberedPerson';
import { SignInFailed } from './SignInFailed';

export type DemoSignInPageProps = SignInPageProps & { people: DemoPerson[] };

/** Lets one choose an example person and signs in as that person. */
export function DemoSignInPage(props: DemoSignInPageProps) {
  const { people, onSignInSuccess } = props;
  const [name, setName] = useState(rememberedPerson.get);
  const [attempt, setAttempt] = useState(1);
  const person = people.find(candidate => candidate.name === name);

  if (!person) {
    return <PeopleChoice people={people} onChoose={p => setName(p.name)} />;
  }
  return (
    <ProxiedSignInPage
      key={attempt}
      provider="demo"
      headers={{ 'x-demo-user': person.name }}
      ErrorComponent={({ error }) => (
        <SignInFailed
          error={error}
          person={person}
          onRetry={() => setAttempt(attempt + 1)}
          onChooseAnother={() => {
            rememberedPerson.forget();
            setName(undefined);
          }}
        />
      )}
      onSignInSuccess={identity => {
        rememberedPerson.set(person.name);
        onSignInSuccess(forgetOnSignOut(identity));
      }}
    />
  );
}

function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      rememberedPerson.forget();
      await identity.signOut();
    },
  };
}
