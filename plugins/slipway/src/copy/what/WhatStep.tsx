import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CopyRule,
  EnvironmentCopy,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../../api';
import { ReviewSection } from '../../changes/review';
import { listAll, useLiveQuery } from '../../live';
import { EmptyPanel, ErrorState, LoadingRows } from '../../states';
import { useText } from '../../translation';
import type { CopyForm } from '../form/copyForm';
import { RadioField } from '../place/RadioField';
import type { Planned } from '../plan/planned';
import { ModuleChoice } from './ModuleChoice';
import { PreviewChoice } from './PreviewChoice';
import { Rules } from './Rules';
import { SavedRules } from './SavedRules';
import { SecretsChoice } from './SecretsChoice';

interface WhatStepProps {
  configRepo: string;
  source: string;
  form: CopyForm;
  onChange: (patch: Partial<CopyForm>) => void;
  /** As it is asked for, proposed rules included. */
  asked: EnvironmentCopy | undefined;
  planned: Planned | undefined;
}

function Modules(props: WhatStepProps) {
  const { configRepo, form, onChange, planned, source } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, source]),
    fetch: () =>
      listAll(paging =>
        api.listModules({ configRepo, environment: source }, paging),
      ),
    sequenceOf: page => page.sequence,
  });
  if (query.status === 'loading') {
    return <LoadingRows label={t('copy.modulesLoading')} rows={2} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('copy.modulesError')}
        permission="slipway.environment.read"
        onRetry={query.refetch}
      />
    );
  }
  return query.value.items.length === 0 ? (
    <EmptyPanel
      title={t('copy.emptySource')}
      text={t('copy.emptySourceText')}
    />
  ) : (
    <ModuleChoice
      modules={query.value.items}
      plan={planned?.copy}
      form={form}
      onChange={onChange}
    />
  );
}

/** The second step: which files, what of those that are there, and what becomes other values. */
export function WhatStep(props: WhatStepProps) {
  const { asked, configRepo, form, onChange, planned } = props;
  const t = useText();
  const rules: CopyRule[] | undefined =
    asked?.rules ?? planned?.copy.rules.map(({ rule }) => rule);
  return (
    <>
      <ReviewSection title={t('copy.modulesTitle')}>
        <Modules {...props} />
      </ReviewSection>
      {form.to === 'existing' && (
        <ReviewSection title={t('copy.existingTitle')}>
          <RadioField
            label={t('copy.existing')}
            value={form.existing}
            options={(['skip', 'onlyMissing', 'overwrite'] as const).map(
              value => ({
                value,
                label: t(`copyExisting.${value}`),
                explanation: t(`copyExistingText.${value}`),
              }),
            )}
            onChange={existing => onChange({ existing })}
          />
        </ReviewSection>
      )}
      <ReviewSection title={t('copy.secretsTitle')}>
        <SecretsChoice plan={planned?.copy} form={form} onChange={onChange} />
      </ReviewSection>
      <ReviewSection title={t('copy.rules')}>
        <Rules
          rules={form.rules ?? rules}
          edited={form.rules !== undefined}
          plan={planned?.copy}
          onChange={changed => onChange({ rules: changed })}
        />
        <SavedRules
          configRepo={configRepo}
          rules={form.rules ?? rules}
          onRules={chosen => onChange({ rules: chosen })}
          name={form.saveRules}
          onName={saveRules => onChange({ saveRules })}
        />
      </ReviewSection>
      {planned && (
        <ReviewSection title={t('copy.preview')}>
          <PreviewChoice
            configRepo={configRepo}
            copy={planned.request}
            plan={planned.copy}
          />
        </ReviewSection>
      )}
    </>
  );
}
