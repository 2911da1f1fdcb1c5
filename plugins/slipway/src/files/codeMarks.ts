import { Extension, RangeSetBuilder, Text } from '@codemirror/state';
import {
  Decoration,
  DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  ViewUpdate,
} from '@codemirror/view';

const masks = new MatchDecorator({
  regexp: /⟪masked:\d+⟫/g,
  decoration: Decoration.mark({ class: 'cm-masked' }),
});

/** Sets apart what stands for a secret value. */
export const maskMarks: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = masks.createDeco(view);
    }

    update(update: ViewUpdate) {
      this.decorations = masks.updateDeco(update, this.decorations);
    }
  },
  { decorations: plugin => plugin.decorations },
);

function lineStart(document: Text, line: number): number {
  return document.line(Math.min(Math.max(line, 1), document.lines)).from;
}

/** Marks the line that a link leads to. */
export function lineMark(line: number): Extension {
  return EditorView.decorations.of(view => {
    const builder = new RangeSetBuilder<Decoration>();
    const from = lineStart(view.state.doc, line);
    builder.add(from, from, Decoration.line({ class: 'cm-shown-line' }));
    return builder.finish();
  });
}

/** Brings a line into the middle of the window. */
export function scrollToLine(view: EditorView, line: number): void {
  const from = lineStart(view.state.doc, line);
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  });
}
