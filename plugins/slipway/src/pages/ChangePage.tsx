import { useRouteRef, useRouteRefParams } from '@backstage/frontend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { ChangeDetails } from '../changes/page';
import { useChange } from '../changes/timeline';
import type { LiveQuery } from '../live';
import { changesRouteRef, changeRouteRef } from '../routes';
import { LiveRegion } from '../states';
import { useText } from '../translation';
import { DetailPage } from './DetailPage';

interface ChangeViewProps {
  query: LiveQuery<Change>;
  /** The change as people say it, whatever its title is. */
  called: string;
}

function ChangeView(props: ChangeViewProps) {
  const { called, query } = props;
  const t = useText();
  const up = useRouteRef(changesRouteRef)?.();
  const summary = query.status === 'loaded' ? query.value.summary : undefined;
  return (
    <DetailPage
      query={query}
      title={summary?.title ?? called}
      subtitle={summary && called}
      of={{ title: t('changes.title'), link: up }}
      loading={{ label: t('change.loading') }}
      failure={{
        title: t('change.error'),
        missing: t('error.noChange', { change: called }),
        goOn: t('error.goToChanges'),
      }}
    >
      {value => (
        <>
          <ChangeDetails change={value} />
          <LiveRegion
            sequence={value.summary.state}
            quietMs={0}
            message={t('timeline.announced', {
              change: String(value.summary.id),
              state: t(`changeState.${value.summary.state}`),
            })}
          />
        </>
      )}
    </DetailPage>
  );
}

function KnownChange(props: { change: number }) {
  const { change } = props;
  const t = useText();
  return (
    <ChangeView
      query={useChange(change)}
      called={t('change.titled', { change: String(change) })}
    />
  );
}

function UnknownChange(props: { name: string }) {
  const { name } = props;
  const error = new NotFoundError(name);
  return (
    <ChangeView
      query={{ status: 'error', error, refetch: () => {} }}
      called={name}
    />
  );
}

/** One change: what, who and why, how far it is, and what became of it on each target. */
export function ChangePage() {
  const { change } = useRouteRefParams(changeRouteRef);
  return /^[1-9]\d{0,14}$/.test(change) ? (
    <KnownChange key={change} change={Number(change)} />
  ) : (
    <UnknownChange name={change} />
  );
}
