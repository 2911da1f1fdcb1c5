/** Reads a nullable JSON column. */
export function fromJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : JSON.parse(text);
}
