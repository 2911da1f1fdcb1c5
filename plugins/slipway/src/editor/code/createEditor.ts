import { Compartment, EditorState, Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { getDefaultExtensions } from '@uiw/react-codemirror';
import { readText, TextForm, writeText } from './textForm';

/** What a text waits after the last key before it is handed on, in ms. */
const PAUSE_MS = 300;

export interface Editor {
  view: EditorView;
  /** Shows another text, unless what was typed has yet to be handed on. */
  show: (text: string) => void;
  configure: (extensions: Extension) => void;
  /** Hands on what was typed. */
  flush: () => void;
  destroy: () => void;
}

/** The part that two documents do not have in common: so that the cursor stays where it was. */
function difference(before: string, after: string) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  return {
    from: start,
    to: before.length - end,
    insert: after.slice(start, after.length - end),
  };
}

/**
 * An editor of one text that hands it on after each pause, when the focus goes and when the page does, with the line breaks and
 * byte order mark that it came with.
 */
export function createEditor(options: {
  parent: HTMLElement;
  text: string;
  extensions: Extension;
  onText: (text: string) => void;
  /** Ctrl or Cmd and S. */
  onSave: () => void;
}): Editor {
  const { parent, onText, onSave } = options;
  let form: TextForm;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let showing = false;
  const configured = new Compartment();

  const stateOf = (text: string, extensions: Extension) => {
    const read = readText(text);
    form = read.form;
    return EditorState.create({
      doc: read.document,
      extensions: [
        keymap.of([
          {
            key: 'Mod-s',
            preventDefault: true,
            run: () => {
              flush();
              onSave();
              return true;
            },
          },
        ]),
        configured.of(extensions),
        getDefaultExtensions({
          theme: 'none',
          basicSetup: { highlightActiveLine: false },
        }),
        // Carriage returns of a mixed text are part of its lines, but what is pasted gets no more of them.
        form.lineBreak === 'mixed'
          ? [
              EditorState.lineSeparator.of('\n'),
              EditorView.clipboardInputFilter.of(pasted =>
                pasted.replace(/\r\n?/g, '\n'),
              ),
            ]
          : [],
        EditorView.updateListener.of(update => {
          if (update.docChanged && !showing) {
            clearTimeout(pause);
            pause = setTimeout(flush, PAUSE_MS);
          }
        }),
        EditorView.domEventHandlers({ blur: () => flush() }),
      ],
    });
  };
  let { extensions } = options;
  const view = new EditorView({
    parent,
    state: stateOf(options.text, extensions),
  });

  function flush() {
    if (pause !== undefined) {
      clearTimeout(pause);
      pause = undefined;
      onText(writeText(form, view.state.doc.toString()));
    }
  }
  window.addEventListener('pagehide', flush);

  return {
    view,
    flush,
    show: text => {
      const document = view.state.doc.toString();
      if (pause !== undefined || text === writeText(form, document)) {
        return;
      }
      const read = readText(text);
      showing = true;
      if ((read.form.lineBreak === 'mixed') !== (form.lineBreak === 'mixed')) {
        view.setState(stateOf(text, extensions));
      } else {
        form = read.form;
        view.dispatch({ changes: difference(document, read.document) });
      }
      showing = false;
    },
    configure: next => {
      extensions = next;
      view.dispatch({ effects: configured.reconfigure(next) });
    },
    destroy: () => {
      flush();
      window.removeEventListener('pagehide', flush);
      view.destroy();
    },
  };
}
