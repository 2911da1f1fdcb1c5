import { git } from './gitServer';

/** One commit for `git fast-import`. */
export interface CommitSpec {
  /** Full ref; `refs/heads/main` by default. */
  ref?: string;
  message?: string;
  /** Seconds since 1970 of both dates. */
  time?: number;
  /** New content by path; undefined deletes. A mode may be given with it. */
  files: Record<
    string,
    string | Buffer | { mode: string; content: string | Buffer } | undefined
  >;
  /** Other refs to merge in. */
  merge?: string[];
  /** Begin without a parent, whatever the ref points to. */
  orphan?: boolean;
}

/** Writes commits straight into a repository; `160000` content is a commit id. */
export async function fastImport(
  directory: string,
  commits: readonly CommitSpec[],
): Promise<void> {
  const parts: (string | Buffer)[] = [];
  const known = new Set(
    (await git(directory, ['for-each-ref', '--format=%(refname)'])).split('\n'),
  );
  let time = 1_700_000_000;
  for (const commit of commits) {
    const ref = commit.ref ?? 'refs/heads/main';
    time = commit.time ?? time + 60;
    const message = Buffer.from(commit.message ?? 'Change');
    if (commit.orphan) {
      parts.push(`reset ${ref}\n\n`);
    }
    parts.push(
      `commit ${ref}\n`,
      `author Ann Author <ann@example.org> ${time} +0200\n`,
      `committer Carl Committer <carl@example.org> ${time} +0000\n`,
      `data ${message.length}\n`,
      message,
      '\n',
    );
    if (known.has(ref) && !commit.orphan) {
      parts.push(`from ${ref}^0\n`);
    }
    // Once named here, fast-import itself knows where the ref is.
    known.delete(ref);
    for (const other of commit.merge ?? []) {
      parts.push(`merge ${other}\n`);
    }
    for (const [path, value] of Object.entries(commit.files)) {
      const name = JSON.stringify(path).replaceAll('\\\\', '\\');
      if (value === undefined) {
        parts.push(`D ${name}\n`);
        continue;
      }
      const { mode, content } =
        typeof value === 'string' || Buffer.isBuffer(value)
          ? { mode: '100644', content: value }
          : value;
      if (mode === '160000') {
        parts.push(`M ${mode} ${content} ${name}\n`);
      } else {
        const data = Buffer.from(content);
        parts.push(
          `M ${mode} inline ${name}\ndata ${data.length}\n`,
          data,
          '\n',
        );
      }
    }
    parts.push('\n');
  }
  await git(
    directory,
    ['fast-import', '--quiet', '--force'],
    Buffer.concat(parts.map(part => Buffer.from(part))),
  );
}
