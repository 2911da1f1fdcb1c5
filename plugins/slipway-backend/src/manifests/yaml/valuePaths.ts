/** A step of the path of a value, as `spec` or `"app.kubernetes.io/name"`: keys with dots are told apart from steps. */
export function pathSegment(name: string): string {
  return /[.[\]"]/.test(name) ? JSON.stringify(name) : name;
}
