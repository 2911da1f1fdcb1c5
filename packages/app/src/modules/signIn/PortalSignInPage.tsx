import { SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import {
  appLanguageApiRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignInPage } from './DemoSignInPage';
import { readDemoPeople } from './demoPeople';
import { signInTranslationRef } from './translation';

/** The demo's choice of people where they are configured, else Backstage's own page. */
export function PortalSignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  // Renders again when the language changes.
  useTranslationRef(signInTranslationRef);

  const people = readDemoPeople(config, language);
  if (people.length === 0) {
    return <SignInPage {...props} providers={['guest']} />;
  }
  return <DemoSignInPage {...props} people={people} />;
}
