import { NewObject, newObject } from './newObject';

export interface Person {
  name: string;
  email: string;
}

/** Signs commits as Git stores it in the header `gpgsig`. */
export interface CommitSigner {
  /** The armoured signature of the commit without its signature. */
  sign(payload: Buffer): string;
}

export interface CommitObjectOptions {
  /** Id of the root tree. */
  tree: string;
  parents: readonly string[];
  author: Person;
  authorAt: Date;
  committer: Person;
  committerAt: Date;
  message: string;
  sign?: CommitSigner;
}

/**
 * Makes a commit; pure but for the signature. Times are kept to the second,
 * in UTC. What Git takes nowhere is left out: `<`, `>` and control characters
 * in people, control characters but tabs and line feeds in the message, which
 * ends with one line feed.
 *
 * @see https://git-scm.com/docs/gitformat-signature
 */
export function commitObject(options: CommitObjectOptions): NewObject {
  const { tree, parents, author, authorAt, committer, committerAt, sign } =
    options;
  const headers = [
    `tree ${tree}`,
    ...parents.map(parent => `parent ${parent}`),
    `author ${personLine(author, authorAt)}`,
    `committer ${personLine(committer, committerAt)}`,
  ];
  const body = `\n${cleanMessage(options.message)}`;
  const text = (lines: string[]) => Buffer.from(`${lines.join('\n')}\n${body}`);
  if (!sign) {
    return newObject('commit', text(headers));
  }
  const signature = sign.sign(text(headers)).trimEnd().split('\n').join('\n ');
  return newObject('commit', text([...headers, `gpgsig ${signature}`]));
}

function personLine({ name, email }: Person, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const address = cleanPerson(email).replace(/\s+/g, '');
  const called = cleanPerson(name) || address.split('@')[0] || 'unknown';
  return `${called} <${address}> ${seconds} +0000`;
}

function cleanPerson(text: string): string {
  return text
    .replace(/[<>]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

function cleanMessage(message: string): string {
  const text = message
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .trimEnd();
  return `${text}\n`;
}
