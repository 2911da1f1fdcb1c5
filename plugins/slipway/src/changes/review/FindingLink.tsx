import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type {
  ChangePlan,
  Finding,
} from '@slipway/backstage-plugin-slipway-common';
import { FindingPlace } from '../../findings';
import { environmentFilesRouteRef } from '../../routes';

/** The place of a finding; it opens the file there, to be mended where the change has it. */
export function FindingLink(props: {
  configRepo: string;
  finding: Finding;
  plan: ChangePlan;
  onOpen: () => void;
}) {
  const { configRepo, finding, plan, onOpen } = props;
  const { file, line } = finding;
  const link = useRouteRef(environmentFilesRouteRef);
  const place = <FindingPlace finding={finding} />;
  const changed = plan.files.find(({ path }) => path === file);
  const environment = changed?.environment ?? plan.touches[0]?.environment;
  if (!link || !file || !environment) {
    return place;
  }
  const query = new URLSearchParams({
    repo: configRepo,
    file,
    ...(changed && { view: 'edit' }),
    ...(line && { line: String(line) }),
  });
  return (
    <Link to={`${link({ configRepo, environment })}?${query}`} onClick={onOpen}>
      {place}
    </Link>
  );
}
