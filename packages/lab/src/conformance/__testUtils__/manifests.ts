/** What cases put into Git, as YAML. */

export function settings(name: string, greeting: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { greeting: ${greeting} }
`;
}

export function deployment(): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: 'registry.example/web:1.0.0' }
`;
}

/** For Argo CD a hook; for Flux a job like any other. */
export function hook(): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations: { argocd.argoproj.io/hook: PreSync }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - { name: migrate, image: 'registry.example/web:1.0.0' }
`;
}

export function environmentFile(name: string, namespace: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec:
  targets: [{ cluster: ${name}, namespace: ${namespace} }]
`;
}
