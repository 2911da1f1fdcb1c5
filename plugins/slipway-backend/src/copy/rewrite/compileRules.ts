import type {
  CopyRule,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { RE2JS } from 're2js';
import { escapeRegExp } from '../../manifests/yaml/escapeRegExp';
import { pathMatcher } from '../../manifests/yaml/valuePaths';
import { rewriteImage } from './images';
import { isLabel } from './isLabel';
import type { CompiledRule, CompiledRules, ValuePlace } from './types';

type Compile = (rule: CopyRule) => Omit<CompiledRule, 'index'> | Reason;

const COMPILE: Record<CopyRule['type'], Compile> = {
  namespace({ from, to }) {
    if (!from) return incomplete('from');
    if (!to) return incomplete('to');
    const name = escapeRegExp(from);
    // Names of Services, and of the users that ServiceAccounts are.
    const inText = new RegExp(
      `(?<=[a-z0-9]\\.)${name}(?=\\.svc(?![A-Za-z0-9-]))|(?<=system:serviceaccounts?:)${name}(?![A-Za-z0-9-])`,
      'g',
    );
    const applyToLine = (line: string) => line.replace(inText, () => to);
    return {
      needles: [from],
      apply: (value, place) => {
        if (value === from) return namesNamespace(place) ? to : value;
        return value.includes(from) ? applyToLine(value) : value;
      },
      applyToLine,
    };
  },
  host({ from, to }) {
    if (!from) return incomplete('from');
    if (!to) return incomplete('to');
    // With a dot in front: whatever ends so.
    const before = from.startsWith('.')
      ? '(?<=[A-Za-z0-9*])'
      : '(?<![A-Za-z0-9.-])';
    const host = new RegExp(
      `${before}${escapeRegExp(from)}(?!-*[A-Za-z0-9]|\\.[A-Za-z0-9])`,
      'g',
    );
    const applyToLine = (line: string) =>
      line.includes(from) ? line.replace(host, () => to) : line;
    return { needles: [from], apply: applyToLine, applyToLine };
  },
  image({ from, to, tag }) {
    if (!from) return incomplete('from');
    if (!to && !tag) return incomplete('to');
    return {
      needles: [from],
      apply: (value, { key }) =>
        key === 'image' || key === 'newName'
          ? rewriteImage(value, { from, to: to || from, tag })
          : value,
    };
  },
  replicas({ to }) {
    if (!to) return incomplete('to');
    if (!/^\d{1,9}$/.test(to)) return incomplete('to');
    return {
      needles: ['replicas'],
      apply: (value, { key, parent }) =>
        key === 'replicas' && parent === 'spec' ? to : value,
    };
  },
  label({ path: label, from, to }) {
    if (!label) return incomplete('path');
    if (to === undefined) return incomplete('to');
    return {
      needles: [label],
      apply: (value, place) =>
        place.key === label &&
        isLabel(place) &&
        (from === undefined || from === '' || value === from)
          ? to
          : value,
    };
  },
  value({ path, from, to }) {
    if (!path) return incomplete('path');
    if (to === undefined) return incomplete('to');
    const isAt = placeMatcher(path);
    return {
      needles: lastName(path),
      apply: (value, place) =>
        (from === undefined || from === '' || value === from) && isAt(place)
          ? to
          : value,
    };
  },
  text({ from, to }) {
    if (!from) return incomplete('from');
    if (to === undefined) return incomplete('to');
    let pattern: RE2JS;
    try {
      pattern = RE2JS.compile(`^(?:${from})$`);
    } catch (error) {
      const message = (error as Error).message.slice(0, 200);
      return { code: 'rulePattern', params: { message } };
    }
    const applyToLine = (line: string) => {
      const matcher = pattern.matcher(line);
      return matcher.matches() ? expand(to, matcher) : line;
    };
    return { apply: applyToLine, applyToLine };
  },
  keep({ path }) {
    if (!path) return incomplete('path');
    return {
      needles: lastName(path),
      apply: value => value,
      keeps: placeMatcher(path),
    };
  },
};

/** Makes rules out of what a person asked for; what cannot be tried is a problem: `ruleIncomplete`, `rulePattern`. */
export function compileRules(asked: readonly CopyRule[]): CompiledRules {
  const compiled: CompiledRules = { rules: [], problems: new Map() };
  for (const [index, rule] of asked.entries()) {
    const made = COMPILE[rule.type](rule);
    if ('code' in made) compiled.problems.set(index, made);
    else compiled.rules.push({ index, ...onlyIn(rule, made) });
  }
  return compiled;
}

/** Keeps a rule to the objects that it names. */
function onlyIn(
  { kind, name }: CopyRule,
  made: Omit<CompiledRule, 'index'>,
): Omit<CompiledRule, 'index'> {
  if (!kind && !name) return made;
  const concerns = (place: ValuePlace) =>
    (!kind || place.kind === kind) && (!name || place.name === name);
  const { apply, keeps } = made;
  return {
    needles: made.needles,
    apply: (value, place) => (concerns(place) ? apply(value, place) : value),
    keeps: keeps && (place => concerns(place) && keeps(place)),
  };
}

function namesNamespace({ key, parent, kind }: ValuePlace): boolean {
  return (
    key === 'namespace' ||
    key === 'namespaces' ||
    key === 'targetNamespace' ||
    key === 'kubernetes.io/metadata.name' ||
    (key === 'name' && parent === 'metadata' && kind === 'Namespace')
  );
}

/** `$1` and so on; `$$` is a dollar sign. */
function expand(to: string, matcher: ReturnType<RE2JS['matcher']>): string {
  return to.replace(/\$(\$|\d)/g, (whole, which: string) => {
    if (which === '$') return '$';
    const group = Number(which);
    return group <= matcher.groupCount() ? matcher.group(group) ?? '' : whole;
  });
}

function placeMatcher(path: string): (place: ValuePlace) => boolean {
  const matches = pathMatcher(path);
  return place => matches(place.path());
}

function lastName(path: string): string[] {
  const name = /([^.[\]"]+)(?:\[[^\]]*\])*$/.exec(path)?.[1];
  return name ? [name] : [];
}

function incomplete(field: string): Reason {
  return { code: 'ruleIncomplete', params: { field } };
}
