import { Extension, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  DecorationSet,
  EditorView,
  ViewPlugin,
  ViewUpdate,
} from '@codemirror/view';
import { alpha, Theme } from '@material-ui/core/styles';
import {
  ConflictRegion,
  conflictRegions,
  resolved,
  Side,
} from './conflictRegions';

const marker = Decoration.line({ class: 'cm-conflict-marker' });
const mine = Decoration.line({ class: 'cm-conflict-mine' });
const theirs = Decoration.line({ class: 'cm-conflict-theirs' });

function within(at: number, range: { from: number; to: number }): boolean {
  return at >= range.from && at < range.to;
}

function decorationOf(at: number, region: ConflictRegion): Decoration {
  if (within(at, region.mine)) {
    return mine;
  }
  return within(at, region.theirs) ? theirs : marker;
}

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const { doc } = view.state;
  for (const region of conflictRegions(doc.toString())) {
    for (let at = region.from; at < region.to; at = doc.lineAt(at).to + 1) {
      builder.add(at, at, decorationOf(at, region));
    }
  }
  return builder.finish();
}

/** Sets conflicts and their two sides apart from what is settled. */
export function conflictMarks(theme: Theme): Extension {
  const { palette } = theme;
  return [
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet;

        constructor(view: EditorView) {
          this.decorations = decorate(view);
        }

        update(update: ViewUpdate) {
          if (update.docChanged) {
            this.decorations = decorate(update.view);
          }
        }
      },
      { decorations: plugin => plugin.decorations },
    ),
    EditorView.theme({
      '.cm-conflict-marker': {
        backgroundColor: alpha(palette.warning.main, 0.3),
        fontWeight: 'bold',
      },
      '.cm-conflict-mine': {
        backgroundColor: alpha(palette.success.main, 0.18),
      },
      '.cm-conflict-theirs': {
        backgroundColor: alpha(palette.info.main, 0.18),
      },
    }),
  ];
}

/** The conflict at the cursor, else the next one, else the last. */
function currentOf(view: EditorView): ConflictRegion | undefined {
  const regions = conflictRegions(view.state.doc.toString());
  const { head } = view.state.selection.main;
  return regions.find(({ to }) => head < to) ?? regions[regions.length - 1];
}

/** Moves the cursor to the first, next or previous conflict, around the end. */
export function showConflict(
  view: EditorView,
  which: 'first' | 'next' | 'previous',
): boolean {
  const regions = conflictRegions(view.state.doc.toString());
  if (regions.length === 0) {
    return false;
  }
  const { head } = view.state.selection.main;
  const found = {
    first: () => regions[0],
    next: () => regions.find(({ from }) => from > head) ?? regions[0],
    previous: () =>
      [...regions].reverse().find(({ to }) => to <= head) ??
      regions[regions.length - 1],
  }[which]();
  view.dispatch({
    selection: { anchor: found.from },
    effects: EditorView.scrollIntoView(found.from, { y: 'center' }),
  });
  return true;
}

/** Settles the conflict at the cursor, or all that are left, by one side or both. */
export function takeSide(
  view: EditorView,
  side: Side,
  which: 'here' | 'everywhere',
): void {
  const text = view.state.doc.toString();
  const current = currentOf(view);
  const here = current ? [current] : [];
  const regions = which === 'everywhere' ? conflictRegions(text) : here;
  view.dispatch({
    changes: regions.map(region => ({
      from: region.from,
      to: region.to,
      insert: resolved(text, region, side),
    })),
    scrollIntoView: true,
  });
}
