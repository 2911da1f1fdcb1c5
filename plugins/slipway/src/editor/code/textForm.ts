const BYTE_ORDER_MARK = '\uFEFF';

/** How a text is written besides its letters. An editor works on lines; this brings back the bytes around them. */
export interface TextForm {
  byteOrderMark: boolean;
  /** `mixed`: more than one kind, so that each stays as it is and is part of its line. */
  lineBreak: 'LF' | 'CRLF' | 'mixed';
}

function lineBreakOf(text: string): TextForm['lineBreak'] {
  const breaks = new Set(text.match(/\r\n|\n|\r/g));
  if (breaks.has('\r') || breaks.size > 1) {
    return 'mixed';
  }
  return breaks.has('\r\n') ? 'CRLF' : 'LF';
}

/** Takes a text apart: its form, and its lines joined by line feeds as the editor has them. */
export function readText(text: string): { form: TextForm; document: string } {
  const byteOrderMark = text.startsWith(BYTE_ORDER_MARK);
  const rest = byteOrderMark ? text.slice(1) : text;
  const lineBreak = lineBreakOf(rest);
  return {
    form: { byteOrderMark, lineBreak },
    document: lineBreak === 'CRLF' ? rest.replace(/\r\n/g, '\n') : rest,
  };
}

/** The inverse of {@link readText}: what was not edited comes back byte for byte. */
export function writeText(form: TextForm, document: string): string {
  const { byteOrderMark, lineBreak } = form;
  return `${byteOrderMark ? BYTE_ORDER_MARK : ''}${
    lineBreak === 'CRLF' ? document.replace(/\n/g, '\r\n') : document
  }`;
}
