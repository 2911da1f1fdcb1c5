import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { Changes } from '../changes/list';
import { Clusters } from '../clusters';
import { ConfigRepos } from '../configRepos';
import { Body, Section } from '../layout';
import { useText } from '../translation';

/** `/slipway`: the config repos and the clusters that the portal knows, whether it reaches them, and every change that one may read. */
export function ListsPage() {
  const t = useText();
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} subtitle={t('page.subtitle')} />
      <TabbedLayout>
        <TabbedLayout.Route path="/config-repos" title={t('configRepo.plural')}>
          <Body>
            <ConfigRepos />
          </Body>
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/changes" title={t('changes.title')}>
          <Body>
            <Section title={t('changes.title')}>
              <Changes scope={{}} />
            </Section>
          </Body>
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/clusters" title={t('cluster.plural')}>
          <Body>
            <Clusters />
          </Body>
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
