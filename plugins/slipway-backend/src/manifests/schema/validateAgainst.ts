import type { Finding } from '../../schema/openapi/generated/models';
import { Positions } from '../yaml/positions';
import { ValueBudget } from '../yaml/ValueBudget';
import { FlatSchema } from './FlatSchema';
import { type AppliedObject, appliedObjects } from './appliedObjects';
import { type FoundAt, SchemaWalk } from './SchemaWalk';
import type { GroupVersionKind, SchemaNode } from './types';

export interface ValidateAgainstOptions {
  /** In the config repo. */
  path: string;
  /** YAML with any number of documents, or JSON. Templates are not for here. */
  text: string;
  /**
   * Asked for {@link kindsOf} the text.
   *
   * @returns `undefined` for a kind that is not served; `unavailable` when nobody knows: then its objects are passed over
   */
  schemaOf(gvk: GroupVersionKind): SchemaNode | 'unavailable' | undefined;
  /** For patches: what is missing is not missed. */
  partial?: boolean;
}

const MAX_FINDINGS = 50;
/** What is looked at, all objects together: aliases make a short text very large. */
const NODES = { values: 200_000, characters: 32 * 1024 * 1024 };

/**
 * Holds the objects of a file against the schemas that a cluster publishes: unknown fields as the API server's strict field validation
 * sees them, types, required fields, enumerations and some formats. Documents that cannot be read are left to the
 * checks of syntax. Findings have the codes `unknownField`, `unknownFieldLike`, `wrongType`, `looksLikeBoolean`, `missingField`,
 * `notInEnum`, `wrongFormat` and `kindUnknown`, in the order of the text; at most 50.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export function validateAgainst(options: ValidateAgainstOptions): Finding[] {
  return validateObjects(appliedObjects(options.text), options);
}

/** {@link validateAgainst} for objects that have been read from the text already. */
export function validateObjects(
  objects: readonly AppliedObject[],
  options: ValidateAgainstOptions,
): Finding[] {
  const { path, text, schemaOf, partial = false } = options;
  const found = new Map<string, FoundAt>();
  const budget = new ValueBudget(NODES);
  for (const object of objects) {
    const { gvk, apiVersion, node, targets, start, root } = object;
    const schema = schemaOf(gvk);
    const report = (finding: FoundAt): boolean => {
      const offset = start + finding.offset;
      // What several aliases lead to is wrong once.
      const key = JSON.stringify([offset, finding.code, finding.name]);
      if (!found.has(key)) {
        found.set(key, { ...finding, offset });
      }
      return found.size < MAX_FINDINGS;
    };
    if (schema === undefined) {
      report({
        severity: 'warning',
        code: 'kindUnknown',
        params: { apiVersion, kind: gvk.kind },
        offset: node.range?.[0] ?? 0,
      });
    } else if (schema !== 'unavailable') {
      const walk = new SchemaWalk({ targets, partial, budget, report });
      walk.object(node, FlatSchema.ofNode(schema), root);
    }
    if (found.size >= MAX_FINDINGS) {
      break;
    }
  }
  const positions = new Positions(text);
  return [...found.values()]
    .sort((a, b) => a.offset - b.offset)
    .map(({ severity, code, params, offset }) => ({
      severity,
      code,
      params,
      file: path,
      ...positions.at(offset),
    }));
}
