import type { Extension } from '@codemirror/state';
import {
  Decoration,
  DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  ViewUpdate,
} from '@codemirror/view';

/** Sets apart what stands for a secret value, says so, and lets the cursor pass and delete it only as a whole. */
export function maskedTokens(title: string): Extension {
  const tokens = new MatchDecorator({
    regexp: /⟪masked:\d+⟫/g,
    decoration: Decoration.mark({ class: 'cm-masked', attributes: { title } }),
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = tokens.createDeco(view);
      }

      update(update: ViewUpdate) {
        this.decorations = tokens.updateDeco(update, this.decorations);
      }
    },
    {
      decorations: plugin => plugin.decorations,
      provide: plugin =>
        EditorView.atomicRanges.of(
          view => view.plugin(plugin)?.decorations ?? Decoration.none,
        ),
    },
  );
}
