import { Content, Header, Page } from '@backstage/core-components';
import { useRouteRef, useRouteRefParams } from '@backstage/frontend-plugin-api';
import { useEnvironmentTitle } from '../environments/useEnvironmentTitle';
import { Body } from '../layout';
import { environmentFilesRouteRef, environmentRouteRef } from '../routes';
import { useText } from '../translation';
import { Files } from './Files';

/** The files of one environment. */
export function EnvironmentFilesPage() {
  const { configRepo, environment } = useRouteRefParams(
    environmentFilesRouteRef,
  );
  const t = useText();
  const link = useRouteRef(environmentRouteRef);
  const title = useEnvironmentTitle(configRepo, environment);
  return (
    <Page themeId="tool">
      <Header
        title={t('files.page', { environment: title })}
        type={title}
        typeLink={link?.({ configRepo, environment })}
      />
      <Content>
        <Body>
          <Files
            key={`${configRepo}/${environment}`}
            scope={{ configRepo, environment }}
          />
        </Body>
      </Content>
    </Page>
  );
}
