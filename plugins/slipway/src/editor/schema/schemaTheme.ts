import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Theme } from '@material-ui/core/styles';

/** Tooltips and lists of completions in the portal's colours, dark or light as it is. */
export function schemaTheme({ palette, typography, shape }: Theme): Extension {
  return EditorView.theme(
    {
      '.cm-tooltip': {
        color: palette.text.primary,
        backgroundColor: palette.background.paper,
        border: `1px solid ${palette.divider}`,
        borderRadius: `${shape.borderRadius}px`,
        fontSize: typography.body2.fontSize as string,
      },
      '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
        color: palette.primary.contrastText,
        backgroundColor: palette.primary.main,
      },
      '.cm-completionDetail': { fontStyle: 'normal', opacity: 0.8 },
      '.cm-completionInfo': { padding: 0 },
      '.cm-schema': {
        padding: '8px',
        maxWidth: '60ch',
        maxHeight: '40vh',
        overflow: 'auto',
        fontFamily: typography.fontFamily as string,
      },
      '.cm-schema-text': { margin: '4px 0', whiteSpace: 'pre-wrap' },
      '.cm-schema-type, .cm-schema-from': { color: palette.text.secondary },
    },
    { dark: palette.type === 'dark' },
  );
}
