/** Annotations of Argo CD, without their prefix. */
type Annotations = Record<string, string>;

const metadata = (name: string, annotations: Annotations) => ({
  name,
  annotations: Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [
      `argocd.argoproj.io/${key}`,
      value,
    ]),
  ),
});

/** Manifests as one file: JSON is YAML. */
export function file(...objects: object[]): string {
  return objects.map(object => JSON.stringify(object)).join('\n---\n');
}

export function configMap(name: string, annotations: Annotations = {}) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(name, annotations),
    data: { greeting: 'hello' },
  };
}

/** Of a namespace that is not there: it cannot be applied. */
export function misplacedConfigMap(name: string) {
  const object = configMap(name);
  return { ...object, metadata: { ...object.metadata, namespace: 'nowhere' } };
}

/** A Job that succeeds, or one without pods that fails after a second, or never ends. */
export function job(
  name: string,
  annotations: Annotations,
  fate: 'succeeds' | 'fails' | 'hangs' = 'succeeds',
) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(name, annotations),
    spec: {
      backoffLimit: 0,
      ...(fate !== 'succeeds' && { parallelism: 0 }),
      ...(fate === 'fails' && { activeDeadlineSeconds: 1 }),
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'job', image: 'registry.example/job:1' }],
        },
      },
    },
  };
}

export function deployment(name: string, spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name, {}),
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{ name: 'web', image: `registry.example/${name}:1` }],
        },
      },
      ...spec,
    },
  };
}
