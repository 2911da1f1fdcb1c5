import type { ReactNode } from 'react';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { engineName } from '../status';
import { useText } from '../translation';
import { useTableStyles } from './tableStyles';
import { Targets } from './Targets';

/** What was found of an environment that nobody declared: files, or live engine objects. */
function useFound(environment: Environment): string {
  const t = useText();
  const { engineObjects, files } = environment;
  const [first, ...others] = engineObjects;
  return [
    files ? t('environments.files', { count: files }) : undefined,
    first &&
      t('environments.engineObject', {
        ...first,
        engine: engineName(first.engine),
      }),
    others.length > 0 &&
      t('environments.moreEngineObjects', { number: String(others.length) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The second line of an environment: where it is delivered to, where its files are, what it is for. */
export function EnvironmentFacts(props: { environment: Environment }) {
  const { environment } = props;
  const classes = useTableStyles();
  const t = useText();
  const found = useFound(environment);

  const facts: Array<[label: string, value: ReactNode]> = [];
  if (environment.targets.length > 0) {
    facts.push([
      t('environments.cluster'),
      <Targets targets={environment.targets} />,
    ]);
  }
  facts.push([
    t('environments.path'),
    <span className={classes.path}>{environment.path}</span>,
  ]);
  if (environment.description) {
    facts.push([t('environments.description'), environment.description]);
  }
  if (!environment.managed && found) {
    facts.push([t('environments.found'), found]);
  }
  return (
    <dl className={`${classes.facts} ${classes.above}`}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
