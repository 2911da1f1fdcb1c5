/** An OpenAPI v3 schema as an API server publishes it. Nothing in it is taken for granted. */
export type KubernetesSchema = Readonly<Record<string, unknown>>;

/** The schema of one kind, with all that it may refer to. */
export interface SchemaNode {
  /** As in `components.schemas`: `io.k8s.api.apps.v1.Deployment`. */
  name: string;
  schema: KubernetesSchema;
  /** `components.schemas` of its document. */
  definitions: Readonly<Record<string, KubernetesSchema>>;
}

export interface GroupVersionKind {
  /** `''` for the core group. */
  group: string;
  version: string;
  kind: string;
}

/** @returns `undefined` for what is no `group/version` or `version` */
export function toGroupVersionKind(
  apiVersion: string,
  kind: string,
): GroupVersionKind | undefined {
  const match =
    /^(?:([a-z0-9][a-z0-9.-]{0,252})\/)?([a-z0-9][a-z0-9-]{0,62})$/.exec(
      apiVersion,
    );
  return match && /^[A-Za-z][A-Za-z0-9]{0,99}$/.test(kind)
    ? { group: match[1] ?? '', version: match[2], kind }
    : undefined;
}

export function isSchema(value: unknown): value is KubernetesSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
