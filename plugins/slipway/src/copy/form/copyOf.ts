import type { EnvironmentCopy } from '@slipway/backstage-plugin-slipway-common';
import type { CopyForm } from './copyForm';

/** What a form lacks before there is anything to ask about. */
export type Lacking = 'name' | 'targets' | 'modules';

/** Each row is filled in or empty, and not all of them are empty. */
function goesSomewhere(targets: CopyForm['targets']): boolean {
  return (
    targets.some(({ cluster }) => cluster) &&
    targets.every(
      ({ cluster, namespace }) =>
        Boolean(cluster) === Boolean(namespace.trim()),
    )
  );
}

/** What still has to be filled in, the first of it. */
export function lackingOf(form: CopyForm): Lacking | undefined {
  if (!form.name.trim()) {
    return 'name';
  }
  if (form.to === 'new' && !goesSomewhere(form.targets)) {
    return 'targets';
  }
  return form.modules?.length === 0 ? 'modules' : undefined;
}

/** The copy that a form asks for, or undefined while something is lacking. */
export function copyOf(
  source: string,
  form: CopyForm,
): EnvironmentCopy | undefined {
  if (lackingOf(form)) {
    return undefined;
  }
  const { excludedFiles, modules, rules, secrets, secretsOf } = form;
  const name = form.name.trim();
  const saveRules = form.saveRules.trim();
  const targets = form.targets
    .filter(({ cluster }) => cluster)
    .map(({ cluster, namespace }) => ({
      cluster,
      namespace: namespace.trim(),
    }));
  return {
    source,
    target:
      form.to === 'existing'
        ? { name }
        : {
            name,
            ...(form.title.trim() && { title: form.title.trim() }),
            ...(form.description.trim() && {
              description: form.description.trim(),
            }),
            ...(form.stage && { stage: form.stage }),
            targets,
          },
    ...(modules && { modules }),
    ...(excludedFiles.length > 0 && { excludedFiles }),
    ...(form.to === 'existing' && { existing: form.existing }),
    secrets,
    ...(secretsOf.length > 0 && { secretsOf }),
    ...(rules && { rules }),
    ...(saveRules && { saveRules }),
  };
}
