/**
 * Whether something in the text could have to be masked. Most files are done with here. An escape inside double quotes can spell
 * any word, so that it counts as well.
 */
export function mayHoldSecrets(text: string): boolean {
  return (
    /sops|ENC\[|secretGenerator|stringData|kind\W{1,6}secret/i.test(text) ||
    /(?<![\w-])secret(?:list|generator)?["']?[ \t]*(?:[#,}\]\\\r]|$)/im.test(
      text,
    ) ||
    /\\(?:[xuU]|\r?\n)/.test(text)
  );
}

/**
 * Whether a text that cannot be read might be a Secret, or hold one. Rather too often than not often enough: whoever is wrong about
 * this shows a password.
 */
export function mightBeSecret(text: string): boolean {
  if (/\bSecret(?:List|Generator)?\b|stringData|secretGenerator/.test(text)) {
    return true;
  }
  if (/\bkind\b.{0,20}secret/i.test(text) || isSops(text)) return true;
  // A kind that is no plain word may be anything.
  const odd =
    /\bkind["']?[ \t]*:[ \t]*(?!["']?[A-Za-z]\w*["']?[ \t]*(?:[#,}\r]|$))/m;
  return odd.test(text) && /secret|\\[xuU\r\n]/i.test(text);
}

export function isSops(text: string): boolean {
  return /ENC\[|^[ \t{"']*sops["']?[ \t]*:|"sops"[ \t]*:|^sops_|^\[sops\]/m.test(
    text,
  );
}

/** Whether text inside a scalar, such as a patch, is a Secret's. */
export function isSecretText(text: string): boolean {
  return /kind\\?["']?\s*:\s*\\?["']?Secret\b|stringData/.test(text);
}

export function isEncrypted(value: string): boolean {
  return /^\s*ENC\[/.test(value);
}
