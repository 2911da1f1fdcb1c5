import Alert from '@material-ui/lab/Alert';
import type { ChangePlan } from '@slipway/backstage-plugin-slipway-common';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';

/** What is about the whole copy rather than one of its files. */
const codes = new Set([
  'copySameEnvironment',
  'copyInsideSource',
  'copyNameTaken',
  'copyNameInvalid',
  'copyNoLayout',
  'copyTargetExists',
  'copyTargetIncomplete',
  'copySourceEmpty',
  'permissionMissing',
]);

/** What is wrong with the source or the target, as soon as that is known. */
export function PlaceProblems(props: { plan: ChangePlan }) {
  const { findings, gate } = props.plan;
  const t = useText();
  const language = useLanguage();
  const problems = [...findings, ...gate.missing].filter(({ code }) =>
    codes.has(code),
  );
  return problems.length > 0 ? (
    <Alert severity="warning">
      {problems.map((reason, index) => (
        <div key={index}>{reasonText(t, reason, language)}</div>
      ))}
    </Alert>
  ) : null;
}
