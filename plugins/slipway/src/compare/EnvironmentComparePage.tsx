import { useNavigate } from 'react-router-dom';
import { Content, Header, Page } from '@backstage/core-components';
import { useRouteRef, useRouteRefParams } from '@backstage/frontend-plugin-api';
import { Body, Section } from '../layout';
import { environmentCompareRouteRef, environmentRouteRef } from '../routes';
import { useText } from '../translation';
import { Comparison } from './Comparison';
import { EnvironmentChoice } from './EnvironmentChoice';
import { NotChosen } from './NotChosen';
import { useComparedEnvironments } from './useComparedEnvironments';
import { useOtherEnvironment } from './useOtherEnvironment';

/** One environment beside another of the same config repo: what differs, and what of it was to be expected. */
export function EnvironmentComparePage() {
  const { configRepo, environment } = useRouteRefParams(
    environmentCompareRouteRef,
  );
  const t = useText();
  const link = useRouteRef(environmentRouteRef);
  const compareLink = useRouteRef(environmentCompareRouteRef);
  const navigate = useNavigate();
  const query = useComparedEnvironments(configRepo);
  const { other, choose } = useOtherEnvironment(environment);
  const known = query.status === 'loaded' ? query.value : [];
  const title =
    known.find(({ name }) => name === environment)?.title ?? environment;
  const swap = () => {
    if (compareLink && other) {
      const to = compareLink({ configRepo, environment: other });
      navigate(`${to}?${new URLSearchParams({ other: environment })}`);
    }
  };
  return (
    <Page themeId="tool">
      <Header
        title={t('compare.page', { environment: title })}
        type={title}
        typeLink={link?.({ configRepo, environment })}
      />
      <Content>
        <Body>
          <EnvironmentChoice
            environments={known.filter(({ name }) => name !== environment)}
            other={other}
            onChoose={choose}
            onSwap={swap}
          />
          <Section padded title={t('compare.differences')}>
            {other ? (
              <Comparison
                configRepo={configRepo}
                environment={environment}
                other={other}
              />
            ) : (
              <NotChosen environment={environment} query={query} />
            )}
          </Section>
        </Body>
      </Content>
    </Page>
  );
}
