import { GitError } from './gitError';

/** One commit as people want to read it. Times are ISO 8601 in UTC. */
export interface CommitInfo {
  readonly commit: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly authorName: string;
  readonly authorEmail: string;
  /** When the author wrote it. */
  readonly at: string;
  /** When it was committed in this form. */
  readonly committerAt: string;
  /** The message's first paragraph in one line. */
  readonly subject: string;
  readonly message: string;
}

/** Parses the content of a commit object. */
export function parseCommit(commit: string, content: Buffer): CommitInfo {
  // The body begins after the first empty line; headers may span lines, but
  // those that matter here never do.
  const end = content.indexOf('\n\n');
  const headers = (end < 0 ? content : content.subarray(0, end))
    .toString('utf8')
    .split('\n');
  const values = (name: string) =>
    headers
      .filter(line => line.startsWith(`${name} `))
      .map(line => line.slice(name.length + 1));
  const [tree] = values('tree');
  if (!tree || !/^[0-9a-f]{40}$/.test(tree)) {
    throw new GitError('corrupt', `commit ${commit} has no tree`);
  }
  const author = parsePerson(values('author')[0]);
  const committer = parsePerson(values('committer')[0]);
  const message = decodeMessage(
    end < 0 ? Buffer.alloc(0) : content.subarray(end + 2),
    values('encoding')[0],
  );
  const subject = message.trimStart().split(/\n\s*\n/, 1)[0];
  return {
    commit,
    tree,
    parents: values('parent'),
    authorName: author.name,
    authorEmail: author.email,
    at: author.at,
    committerAt: committer.at,
    subject: subject.replace(/\s*\n\s*/g, ' ').trim(),
    message,
  };
}

/** The part of a commit that walking through history needs. */
export interface CommitLinks {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Seconds since 1970, by the committer's clock. */
  readonly time: number;
}

/** Like {@link parseCommit}, without reading what people wrote. */
export function parseCommitLinks(content: Buffer): CommitLinks {
  const end = content.indexOf('\n\n');
  const text = content.toString('latin1', 0, end < 0 ? content.length : end);
  const tree = text.slice(5, 45);
  const parents: string[] = [];
  let at = 46;
  while (text.startsWith('parent ', at)) {
    parents.push(text.slice(at + 7, at + 47));
    at += 48;
  }
  const committer = text.indexOf('\ncommitter ', at - 1);
  const lineEnd = text.indexOf('\n', committer + 1);
  const line = text.slice(committer, lineEnd < 0 ? undefined : lineEnd);
  const time = /> (-?\d+) [+-]\d+$/.exec(line);
  return { tree, parents, time: time ? Number(time[1]) : 0 };
}

function parsePerson(line: string | undefined): {
  name: string;
  email: string;
  at: string;
} {
  const match = /^(.*?) ?<([^>]*)>(?: (-?\d+))?/.exec(line ?? '');
  const seconds = Number(match?.[3] ?? 0);
  // Past this, dates have no ISO form; such commits exist, made by bad clocks.
  const time = Math.abs(seconds) <= 8.64e12 ? seconds * 1000 : 0;
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    at: new Date(time).toISOString(),
  };
}

function decodeMessage(bytes: Buffer, encoding: string | undefined): string {
  if (encoding) {
    try {
      return new TextDecoder(encoding).decode(bytes);
    } catch {
      // An encoding that nobody knows: fall through to the usual one.
    }
  }
  return bytes.toString('utf8');
}
