import { Application, ArgoCdStandIn } from '../argocd';
import { KubernetesObject } from '../argocd/types';
import { HEALTH_ANNOTATION, WorkloadHealth } from '../kubernetes';

const MOODS = ['degrade', 'slow', 'outofsync', 'recover'] as const;

/** What an Application can be told to be. */
export type Mood = (typeof MOODS)[number];

/** Whether a word is a {@link Mood}. */
export function isMood(value: string): value is Mood {
  return (MOODS as readonly string[]).includes(value);
}

const HEALTH: Record<Mood, WorkloadHealth | undefined> = {
  degrade: 'degraded',
  slow: 'progressing',
  outofsync: undefined,
  recover: undefined,
};

/**
 * Changes live objects of an Application behind Git's back. How a workload
 * fares is an annotation that no manifest declares, so it stays Synced; drift
 * is a declared field, with self-healing held off until it recovers.
 */
export async function applyMood(
  argoCd: ArgoCdStandIn,
  application: Application,
  mood: Mood,
): Promise<void> {
  const { name } = application.metadata;
  const live = await argoCd.destinationOf(application);
  await live.connect();
  const objects = live.ownedBy(name);
  if (mood === 'outofsync') {
    argoCd.holdSelfHeal(name, true);
    const victim =
      objects.find(({ kind }) => kind === 'Deployment') ??
      objects.find(({ kind }) => kind === 'ConfigMap') ??
      objects.find(({ kind }) => kind === 'Service');
    const drift = victim && driftOf(victim);
    if (victim && drift) {
      await live.client.mergePatch(
        await live.resource(victim.apiVersion, victim.kind),
        victim,
        drift,
      );
    }
    return;
  }
  for (const object of objects.filter(({ kind }) =>
    ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind),
  )) {
    await live.client.mergePatch(
      await live.resource(object.apiVersion, object.kind),
      object,
      {
        metadata: {
          annotations: { [HEALTH_ANNOTATION]: HEALTH[mood] ?? null },
        },
      },
    );
  }
  if (mood === 'recover') {
    argoCd.holdSelfHeal(name, false);
  }
}

/** A change that somebody could have made with kubectl. */
function driftOf(object: KubernetesObject): object | undefined {
  switch (object.kind) {
    case 'Deployment': {
      const { replicas = 1 } = object.spec as { replicas?: number };
      return { spec: { replicas: replicas + 1 } };
    }
    case 'ConfigMap': {
      const [key] = Object.keys((object.data as object | undefined) ?? {});
      return key ? { data: { [key]: 'changed by hand' } } : undefined;
    }
    default:
      return {
        metadata: { labels: { 'app.kubernetes.io/part-of': 'by-hand' } },
        spec: { sessionAffinity: 'ClientIP' },
      };
  }
}
