import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useSearchParams } from 'react-router-dom';
import { useTabStyles, useUniqueId } from '../layout';
import { useText } from '../translation';

export interface ModuleTab {
  /** As in the URL. */
  name: string;
  title: string;
  content: ReactNode;
  /** What the tab begins with in the URL. */
  params?: { [name: string]: string };
}

/** The parts of the page of a module or an environment. The first is shown where the URL names none; another tab begins without the filters of this one. */
export function ModuleTabs(props: { tabs: ModuleTab[]; label?: string }) {
  const { label, tabs } = props;
  const t = useText();
  const { tab } = useTabStyles();
  const id = useUniqueId('tabs');
  const [params, setParams] = useSearchParams();
  const wanted = params.get('tab');
  const shown = tabs.find(({ name }) => name === wanted) ?? tabs[0];
  return (
    <>
      <Tabs
        value={shown.name}
        indicatorColor="primary"
        aria-label={label ?? t('modulePage.tabs')}
        variant="scrollable"
        scrollButtons="auto"
        onChange={(_event, name: string) =>
          setParams({
            ...(name !== tabs[0].name && { tab: name }),
            ...tabs.find(other => other.name === name)?.params,
          })
        }
      >
        {tabs.map(({ name, title }) => (
          <Tab
            key={name}
            className={tab}
            value={name}
            label={title}
            id={`${id}-${name}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${shown.name}`}
        mt={2}
      >
        {shown.content}
      </Box>
    </>
  );
}
