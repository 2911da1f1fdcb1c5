import type { ReactNode } from 'react';
import { Content, Header, LinkButton, Page } from '@backstage/core-components';
import { Body } from '../layout';
import type { LiveQuery } from '../live';
import { Loaded } from '../states';

interface DetailPageProps<T> {
  query: LiveQuery<T>;
  title: string;
  subtitle?: string;
  /** Beside the title. */
  note?: ReactNode;
  /** What it is one of, and where all of them are. */
  of: { title: string; link?: string };
  loading: { label: string; rows?: number };
  /** `missing` is said of what is not there; `goOn` leads from it to where all of them are. */
  failure: { title: string; missing: string; goOn: string };
  children: (value: T, refetch: () => void) => ReactNode;
}

/** The page of one thing: what it is called, and what is known of it, or that it is on its way, not there or not to be had. */
export function DetailPage<T>(props: DetailPageProps<T>) {
  const { children, failure, loading, note, of, query, subtitle, title } =
    props;
  return (
    <Page themeId="tool">
      <Header
        title={title}
        subtitle={subtitle}
        type={of.title}
        typeLink={of.link}
      >
        {note}
      </Header>
      <Content>
        <Body>
          <Loaded
            query={query}
            loading={loading}
            failure={{
              title: failure.title,
              missing: failure.missing,
              goOn: of.link && (
                <LinkButton to={of.link} variant="outlined">
                  {failure.goOn}
                </LinkButton>
              ),
            }}
          >
            {({ refetch, value }) => children(value, refetch)}
          </Loaded>
        </Body>
      </Content>
    </Page>
  );
}
