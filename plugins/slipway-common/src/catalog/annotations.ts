import { nameProblem } from '../layout';
import type { Entity } from '@backstage/catalog-model';
import type { Finding } from '../schema/openapi';

/**
 * Names the config repo that an entity is delivered from.
 *
 * @public
 */
export const SLIPWAY_CONFIG_REPO_ANNOTATION = 'slipway.dev/config-repo';

/**
 * Narrows what an entity shows to these modules, comma-separated.
 *
 * @public
 */
export const SLIPWAY_MODULE_ANNOTATION = 'slipway.dev/module';

/**
 * Narrows what an entity shows to these environments, comma-separated.
 *
 * @public
 */
export const SLIPWAY_ENVIRONMENTS_ANNOTATION = 'slipway.dev/environments';

/** Names in one list. */
const MAX_NAMES = 100;

/**
 * What an entity's annotations choose. It only chooses what the entity's tabs show; it grants nothing.
 *
 * @public
 */
export interface SlipwayScope {
  configRepo: string;
  /** Absent: every module. */
  modules?: string[];
  /** Absent: every environment. */
  environments?: string[];
}

/**
 * Whether the entity says where it is delivered from. Says nothing about whether what it says is right.
 *
 * @public
 */
export function isSlipwayAvailable(entity: Entity): boolean {
  return SLIPWAY_CONFIG_REPO_ANNOTATION in (entity.metadata.annotations ?? {});
}

/**
 * Reads an entity's annotations.
 *
 * @returns `scope` is absent when the entity has no such annotations, or when one is wrong: `findings` says which. A list that
 * cannot be read never widens to everything.
 * @public
 */
export function parseSlipwayAnnotations(entity: Entity): {
  scope?: SlipwayScope;
  findings: Finding[];
} {
  const findings: Finding[] = [];

  function refuse(
    code: string,
    annotation: string,
    params?: Record<string, string>,
  ) {
    findings.push({
      severity: 'error',
      code,
      params: { annotation, ...params },
    });
  }

  /** `undefined` when the annotation is not there. */
  function names(annotation: string): string[] | undefined {
    const text = entity.metadata.annotations?.[annotation];
    if (text === undefined) return undefined;
    const parts = String(text)
      .split(',')
      .map(part => part.trim());
    if (parts.length > MAX_NAMES) {
      refuse('annotationTooLong', annotation, { limit: String(MAX_NAMES) });
      return [];
    }
    for (const name of parts) {
      const problem = nameProblem(name);
      if (problem) {
        refuse('annotationInvalid', annotation, {
          name: name.slice(0, 100),
          problem,
        });
      }
    }
    return [...new Set(parts)];
  }

  const configRepos = names(SLIPWAY_CONFIG_REPO_ANNOTATION);
  const modules = names(SLIPWAY_MODULE_ANNOTATION);
  const environments = names(SLIPWAY_ENVIRONMENTS_ANNOTATION);
  if (!configRepos) {
    if (modules || environments) {
      refuse('annotationMissing', SLIPWAY_CONFIG_REPO_ANNOTATION);
    }
    return { findings };
  }
  if (configRepos.length > 1) {
    refuse('annotationNotOne', SLIPWAY_CONFIG_REPO_ANNOTATION);
  }
  if (findings.length > 0) return { findings };
  return {
    scope: {
      configRepo: configRepos[0],
      ...(modules && { modules }),
      ...(environments && { environments }),
    },
    findings,
  };
}
