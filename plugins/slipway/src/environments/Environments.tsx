import { EnvironmentsView } from './EnvironmentsView';
import { useEnvironmentFilters } from './useEnvironmentFilters';
import { EnvironmentScope, useEnvironments } from './useEnvironments';

/** The environments in scope, with everything that a person may ask of the list. */
export function Environments(props: {
  scope: EnvironmentScope;
  showConfigRepos: boolean;
}) {
  const { scope, showConfigRepos } = props;
  const filtersState = useEnvironmentFilters();
  const query = useEnvironments(scope, filtersState.filters);
  return (
    <EnvironmentsView
      scope={scope}
      showConfigRepos={showConfigRepos}
      query={query}
      {...filtersState}
    />
  );
}
