import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { Clusters } from '../clusters';
import { ConfigRepos } from '../configRepos';
import { useText } from '../translation';

/** `/slipway`: the config repos and the clusters that the portal knows, and whether it reaches them. */
export function ListsPage() {
  const t = useText();
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} subtitle={t('page.subtitle')} />
      <TabbedLayout>
        <TabbedLayout.Route path="/config-repos" title={t('configRepo.plural')}>
          <ConfigRepos />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/clusters" title={t('cluster.plural')}>
          <Clusters />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
