import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';
import { compileRules, type ValuePlace } from '../copy/rewrite';
import { stepsOfPath } from '../manifests/yaml/valuePaths';
import type { ComparedPlace, IsExpected } from './expectedValues';

/** What the rules say by which one environment was copied from the other. */
export function learntExpectations(asked: readonly CopyRule[]): IsExpected {
  const { rules } = compileRules(asked);
  const rewritten = (value: string, at: ComparedPlace) => {
    if (!value.includes('\n')) {
      const place = placeOf(at);
      return rules.reduce((was, rule) => rule.apply(was, place), value);
    }
    return value.replace(/[^\s].*/g, line =>
      rules.reduce((was, rule) => rule.applyToLine?.(was) ?? was, line),
    );
  };
  return (left, right, at) => at !== undefined && rewritten(left, at) === right;
}

function placeOf({ object = '', path }: ComparedPlace): ValuePlace {
  const steps = stepsOfPath(path);
  const slash = object.indexOf('/');
  return {
    key: steps.at(-1) ?? '',
    parent: steps.at(-2) ?? '',
    kind: slash < 0 ? undefined : object.slice(0, slash),
    name: slash < 0 ? undefined : object.slice(slash + 1),
    path: () => path,
  };
}
