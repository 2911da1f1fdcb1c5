import { useApi } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { useSearchParams } from 'react-router-dom';
import { slipwayApiRef } from '../api';
import { useMayChange } from '../editor/useMayChange';
import { Body, useUniqueId } from '../layout';
import { listAll, useLiveQuery } from '../live';
import { EmptyPanel, ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { CopyEnvironment } from './CopyEnvironment';
import { withoutSource } from './form/copyForm';
import { withForm } from './form/formParams';
import { ChoiceField } from './place/ChoiceField';
import { environmentChoice } from './place/PlaceStep';

const SOURCE = 'source';

function keyOf({ configRepo, name }: Environment): string {
  return `${configRepo}/${name}`;
}

function CopyOf(props: {
  environment: Environment;
  environments: readonly Environment[];
}) {
  const { environment, environments } = props;
  const { configRepo, name } = environment;
  const t = useText();
  const [, setParams] = useSearchParams();
  const may = useMayChange(configRepo, [name]);
  if (may.status === 'loading') {
    return <LoadingRows label={t('environments.loading')} rows={2} />;
  }
  if (may.status === 'denied') {
    return (
      <EmptyPanel
        title={t('error.deniedTitle')}
        text={t('error.denied', { permission: may.permission })}
      />
    );
  }
  return (
    <CopyEnvironment
      configRepo={configRepo}
      source={name}
      sources={{
        value: keyOf(environment),
        choices: choicesOf(environments),
      }}
      onSource={(source, form) => {
        const next = withForm(new URLSearchParams(), withoutSource(form));
        next.set(SOURCE, source);
        setParams(next);
      }}
    />
  );
}

/** Environments of several config repos are told apart by theirs. */
function choicesOf(environments: readonly Environment[]) {
  const several =
    new Set(environments.map(({ configRepo }) => configRepo)).size > 1;
  return environments.map(environment => ({
    value: keyOf(environment),
    label: several
      ? `${environment.configRepo} · ${environmentChoice(environment).label}`
      : environmentChoice(environment).label,
  }));
}

function Chosen(props: { environments: readonly Environment[] }) {
  const { environments } = props;
  const t = useText();
  const [params, setParams] = useSearchParams();
  const named = params.get(SOURCE);
  const chosen =
    environments.length === 1
      ? environments[0]
      : environments.find(environment => keyOf(environment) === named);
  if (chosen) {
    return (
      <CopyOf
        key={keyOf(chosen)}
        environment={chosen}
        environments={environments}
      />
    );
  }
  return (
    <Paper variant="outlined">
      {environments.length === 0 ? (
        <EmptyPanel title={t('copy.noSource')} text={t('copy.noSourceText')} />
      ) : (
        <EmptyPanel
          title={t('copy.chooseSource')}
          text={t('copy.chooseSourceText')}
        >
          <Box display="grid" maxWidth={420} mx="auto" textAlign="start">
            <ChoiceField
              label={t('copy.source')}
              value=""
              choices={choicesOf(environments)}
              onChange={source =>
                setParams(before => {
                  const next = new URLSearchParams(before);
                  next.set(SOURCE, source);
                  return next;
                })
              }
            />
          </Box>
        </EmptyPanel>
      )}
    </Paper>
  );
}

/** The *Copy environment* tab of a catalog entity: asks which of its environments, then copies that. */
export function EntityCopy() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(slipwayApiRef);
  const t = useText();
  const id = useUniqueId('copy');
  const query = useLiveQuery({
    key: entityRef,
    fetch: () =>
      listAll(paging => api.listEnvironments({ entityRef, ...paging })),
    sequenceOf: page => page.sequence,
  });
  return (
    <Body>
      <section aria-labelledby={id}>
        <Typography variant="h5" component="h2" gutterBottom id={id}>
          {t('copy.title')}
        </Typography>
        {query.status === 'loading' && (
          <LoadingRows label={t('environments.loading')} />
        )}
        {query.status === 'error' && (
          <ErrorState
            error={query.error}
            title={t('error.environments')}
            permission="slipway.environment.read"
            onRetry={query.refetch}
          />
        )}
        {query.status === 'loaded' && (
          <Chosen environments={query.value.items} />
        )}
      </section>
    </Body>
  );
}
