/** `spec.containers[0].image`; names that hold dots stand in brackets, as in messages of the API server. */
export function fieldPath(path: ReadonlyArray<string | number>): string {
  const MAX_LENGTH = 300;
  let text = '';
  for (const step of path) {
    if (typeof step === 'number' || !/^[\w$-]+$/.test(step)) {
      text += `[${step}]`;
    } else {
      text += text ? `.${step}` : step;
    }
  }
  return text.length > MAX_LENGTH ? `…${text.slice(-MAX_LENGTH)}` : text;
}
