import { parse } from 'yaml';
import { GitCommit } from '../git';
import { ExampleRepo } from './exampleRepos';

/** One entry of `{repo}.history.yaml`. */
export interface HistoryStep {
  hoursAgo: number;
  /** A role: the example people are named by theirs. */
  author: string;
  message: string;
  paths: string[];
  except?: string[];
  /** Pairs of a regular expression and what stood there before. */
  replace?: Array<[string, string]>;
}

/** Reads a history file. */
export function parseHistory(content: string): HistoryStep[] {
  return parse(content);
}

/** `*` stays inside a folder, `**` does not, `{a,b}` lists. */
function toExpression(glob: string): RegExp {
  const source = glob.replace(/\*\*|[*{},]|[.+?^$()|[\]\\]/g, token => {
    switch (token) {
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '{':
        return '(?:';
      case '}':
        return ')';
      case ',':
        return '|';
      default:
        return `\\${token}`;
    }
  });
  return new RegExp(`^${source}$`);
}

/**
 * Turns the files of an example repo into the commits that led to them. What
 * the steps leave unlike the files, the last commit brings in.
 */
export function planHistory(
  files: ExampleRepo,
  steps: HistoryStep[],
  now: Date,
): GitCommit[] {
  const written = new Map<string, string>();
  const commits = steps.map(step => {
    const wanted = step.paths.map(toExpression);
    const unwanted = (step.except ?? []).map(toExpression);
    const changed = new Map<string, string>();
    for (const [path, content] of files) {
      if (
        !wanted.some(expression => expression.test(path)) ||
        unwanted.some(expression => expression.test(path))
      ) {
        continue;
      }
      const older = (step.replace ?? []).reduce(
        (text, [from, to]) => text.replace(new RegExp(from, 'g'), to),
        content,
      );
      if (written.get(path) !== older) {
        written.set(path, older);
        changed.set(path, older);
      }
    }
    return {
      message: step.message.trimEnd(),
      author: { name: step.author, email: `${step.author}@example.com` },
      date: new Date(now.getTime() - step.hoursAgo * 3_600_000),
      files: changed,
    };
  });
  for (const [path, content] of files) {
    if (written.get(path) !== content) {
      commits.at(-1)?.files.set(path, content);
    }
  }
  return commits;
}
