import {
  type Fields,
  fields,
  message,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';

/** `metav1.Condition`. Flux moves `since` when the reason or the message changes as well. */
export interface Condition {
  type: string;
  status?: string;
  reason?: string;
  message?: string;
  since?: string;
  /** `metadata.generation` that it is about. */
  generation?: number;
}

/** `status.conditions` by type. */
export function readConditions(object: Fields): Map<string, Condition> {
  const conditions = new Map<string, Condition>();
  for (const row of rows(fields(object.status).conditions)) {
    const type = text(row.type);
    if (type) {
      conditions.set(type, {
        type,
        status: text(row.status),
        reason: text(row.reason),
        message: wordsOf(row.message),
        since: text(row.lastTransitionTime),
        generation: numberOf(row.observedGeneration),
      });
    }
  }
  return conditions;
}

/** The folder that a controller unpacks a source into is another one each time, and nothing to anyone. */
const UNPACKED = /(?:\/[^\s/:'"]+)*\/kustomization-\d+\//g;

function wordsOf(value: unknown): string | undefined {
  return message(text(value)?.replace(UNPACKED, '').trim());
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** Whether something was said about an older spec than the present one. Nothing said of it counts as present. */
export function isOutdated(
  object: Fields,
  generation: number | undefined,
): boolean {
  const present = numberOf(fields(object.metadata).generation);
  return (
    present !== undefined && generation !== undefined && generation < present
  );
}

/** Conditions that are good when True; all others of Flux are there only while something is wrong or under way. */
const GOOD_WHEN_TRUE = [
  'Ready',
  'Healthy',
  'Released',
  'TestSuccess',
  'SourceVerified',
  'ArtifactInStorage',
];
const UNDER_WAY = ['Reconciling', 'ArtifactOutdated'];

/** What is wrong by an object's own word, each message once, in the words of Flux. */
export function problemsOf(object: Fields): Condition[] {
  const problems = new Map<string, Condition>();
  for (const condition of readConditions(object).values()) {
    const { type, status } = condition;
    const isWrong = GOOD_WHEN_TRUE.includes(type)
      ? status === 'False'
      : status === 'True' && !UNDER_WAY.includes(type);
    const key = condition.message ?? type;
    if (isWrong && (type === 'Ready' || !problems.has(key))) {
      problems.set(key, condition);
    }
  }
  return [...problems.values()];
}
