import { EditorView } from '@codemirror/view';
import { createEditor } from './createEditor';
import { readText } from './textForm';

const texts = [
  ['line feeds', 'a: 1\nb: 2\n'],
  ['no line break at the end', 'a: 1\nb: 2'],
  ['nothing', ''],
  ['CRLF', 'a: 1\r\nb: 2\r\n'],
  ['CRLF, none at the end', 'a: 1\r\nb: 2'],
  ['a byte order mark', '\uFEFFa: 1\nb: 2\n'],
  ['a byte order mark and CRLF', '\uFEFFa: 1\r\nb: 2\r\n'],
  ['mixed line breaks', 'a: 1\r\nb: 2\nc: 3\rd: 4\r\n'],
  ['carriage returns alone', 'a: 1\rb: 2\r'],
  ['carriage returns in a row', 'a: 1\r\r\nb: 2\n'],
  ['tabs, spaces and letters of any kind', '\ta:  é模块🚢 \u2028x\u00a0\n\n\n'],
] as const;

function open(text: string) {
  const typed: string[] = [];
  const onSave = jest.fn();
  const editor = createEditor({
    parent: document.body,
    text,
    extensions: [],
    onText: later => typed.push(later),
    onSave,
  });
  return { editor, typed, onSave };
}

describe('a text in the editor', () => {
  it.each(texts)('with %s comes back byte for byte', (_, text) => {
    const { editor, typed } = open(text);
    const { view } = editor;
    editor.flush();
    expect(typed).toEqual([]);

    view.dispatch({ changes: { from: 0, insert: '#' } });
    editor.flush();
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    expect(typed).toEqual([`${mark}#${text.slice(mark.length)}`]);
    view.dispatch({ changes: { from: 0, to: 1 } });
    editor.destroy();
    expect(typed[1]).toBe(text);
  });

  it('gets the line breaks of its file', () => {
    const { editor, typed } = open('a\r\nb\r\n');
    editor.view.dispatch(editor.view.state.replaceSelection('x\ny\r\nz\n'));
    editor.flush();
    expect(typed).toEqual(['x\r\ny\r\nz\r\na\r\nb\r\n']);
    expect(readText('a\r\nb\n').form.lineBreak).toBe('mixed');
    editor.destroy();
  });

  it('is handed on after a pause, on saving, and when the page goes', () => {
    jest.useFakeTimers();
    const { editor, typed, onSave } = open('a');
    const type = (insert: string) =>
      editor.view.dispatch({ changes: { from: 0, insert } });
    type('b');
    type('c');
    expect(typed).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(typed).toEqual(['cba']);

    type('d');
    editor.view.contentDOM.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 's',
        code: 'KeyS',
        keyCode: 83,
        ctrlKey: true,
        bubbles: true,
        cancelable: true,
      } as KeyboardEventInit),
    );
    expect(typed[1]).toBe('dcba');
    expect(onSave).toHaveBeenCalledTimes(1);

    type('e');
    window.dispatchEvent(new Event('pagehide'));
    expect(typed[2]).toBe('edcba');
    jest.useRealTimers();
    editor.destroy();
    expect(typed).toHaveLength(3);
  });

  it('follows what changes elsewhere, but never loses what is being typed', () => {
    const { editor, typed } = open('one\ntwo\n');
    const { view } = editor;
    view.dispatch({ selection: { anchor: 7 } });
    editor.show('zero\none\ntwo\n');
    expect(view.state.doc.toString()).toBe('zero\none\ntwo\n');
    // The cursor stays at the end of its line.
    expect(view.state.selection.main.head).toBe(12);
    editor.show('\uFEFFzero\r\none');
    expect(typed).toEqual([]);
    view.dispatch({ changes: { from: 0, insert: '#' } });
    editor.show('elsewhere');
    editor.flush();
    expect(typed).toEqual(['\uFEFF#zero\r\none']);
    editor.show('now\r\nmixed\n');
    expect(EditorView.findFromDOM(document.body)).toBe(view);
    view.dispatch({ changes: { from: 0, insert: '#' } });
    editor.destroy();
    expect(typed[1]).toBe('#now\r\nmixed\n');
  });
});
