import { useNavigate } from 'react-router-dom';
import { Content, Header, Page } from '@backstage/core-components';
import { useRouteRef, useRouteRefParams } from '@backstage/frontend-plugin-api';
import { useEnvironmentTitle } from '../environments/useEnvironmentTitle';
import { Body } from '../layout';
import { environmentCopyRouteRef, environmentRouteRef } from '../routes';
import { useText } from '../translation';
import { CopyEnvironment } from './CopyEnvironment';
import { withoutSource } from './form/copyForm';
import { withForm } from './form/formParams';

/** The copy of one environment. */
export function EnvironmentCopyPage() {
  const { configRepo, environment } = useRouteRefParams(
    environmentCopyRouteRef,
  );
  const t = useText();
  const link = useRouteRef(environmentRouteRef);
  const copyLink = useRouteRef(environmentCopyRouteRef);
  const navigate = useNavigate();
  const title = useEnvironmentTitle(configRepo, environment);
  return (
    <Page themeId="tool">
      <Header
        title={t('copy.title')}
        type={title}
        typeLink={link?.({ configRepo, environment })}
      />
      <Content>
        <Body>
          <CopyEnvironment
            key={`${configRepo}/${environment}`}
            configRepo={configRepo}
            source={environment}
            onSource={(source, form) => {
              const to = copyLink?.({ configRepo, environment: source });
              const query = withForm(
                new URLSearchParams(),
                withoutSource(form),
              );
              if (to) {
                navigate(`${to}?${query}`);
              }
            }}
          />
        </Body>
      </Content>
    </Page>
  );
}
