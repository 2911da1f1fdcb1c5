import {
  AppRootElementBlueprint,
  appLanguageApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

/** Tells screen readers and fonts which language the page is in. */
function DocumentLanguage() {
  const languageApi = useApi(appLanguageApiRef);

  useEffect(() => {
    const show = ({ language }: { language: string }) => {
      document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
    };
    show(languageApi.getLanguage());
    const subscription = languageApi.language$().subscribe(show);
    return () => subscription.unsubscribe();
  }, [languageApi]);

  return null;
}

export const languageModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'document-language',
      params: { element: <DocumentLanguage /> },
    }),
  ],
});
