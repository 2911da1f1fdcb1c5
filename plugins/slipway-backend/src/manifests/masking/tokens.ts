/** What stands in place of a value; a star says that the value is another one than that before. */
export function tokenOf(number: number, changed = false): string {
  return `⟪masked:${number}${changed ? '*' : ''}⟫`;
}

/** @returns the number, when the text is exactly one token without a star; quotes around it are allowed, since JSON needs them */
export function tokenNumber(text: string): number | undefined {
  const match = /^(["']?)⟪masked:([1-9]\d{0,8})⟫\1$/.exec(text);
  return match ? Number(match[2]) : undefined;
}

/** Everything that is a token or was one before somebody typed into it. */
export function findTokens(text: string): Array<{ at: number; text: string }> {
  if (!/⟪|⟫|masked:/.test(text)) return [];
  return Array.from(
    text.matchAll(/⟪ ?masked(?:[: ]{1,2}\d*\*? ?)?⟫?|(?<!\w)masked:\d+\*?⟫/g),
    match => ({ at: match.index, text: match[0] }),
  );
}

/** Whether something in a masked place is what is left of a token. */
export function looksTokenLike(text: string): boolean {
  return /[⟪⟫]|(?<!\w)masked:\d/.test(text);
}
