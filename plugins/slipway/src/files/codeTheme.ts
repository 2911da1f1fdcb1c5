import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { PaletteColor } from '@material-ui/core/styles/createPalette';
import { alpha, darken, Theme } from '@material-ui/core/styles';

/** The portal's colours for code, dark or light as it is. */
export function codeTheme(theme: Theme): Extension {
  const { palette } = theme;
  const dark = palette.type === 'dark';
  // Dark as the palette's own dark tones are, they are for areas: letters need more.
  const toned = ({ light, dark: deep }: PaletteColor) =>
    dark ? light : darken(deep, 0.35);
  return [
    EditorView.theme(
      {
        '&': {
          color: palette.text.primary,
          backgroundColor: palette.background.paper,
          fontSize: theme.typography.body2.fontSize as string,
        },
        '.cm-gutters': {
          color: palette.textSubtle,
          backgroundColor: palette.background.paper,
          borderRight: `1px solid ${palette.divider}`,
        },
        '&.cm-focused': {
          outline: `2px solid ${palette.primary.main}`,
          outlineOffset: '-2px',
        },
        '.cm-shown-line': {
          backgroundColor: alpha(palette.warning.main, 0.25),
        },
        '.cm-masked': {
          borderRadius: '3px',
          backgroundColor: palette.action.selected,
        },
        '.cm-panels': {
          color: palette.text.primary,
          backgroundColor: palette.background.default,
        },
      },
      { dark },
    ),
    syntaxHighlighting(
      HighlightStyle.define([
        {
          tag: [tags.propertyName, tags.definition(tags.propertyName)],
          color: toned(palette.primary),
        },
        { tag: tags.string, color: toned(palette.success) },
        {
          tag: [tags.number, tags.bool, tags.null, tags.labelName],
          color: toned(palette.warning),
        },
        {
          tag: [tags.comment, tags.meta, tags.punctuation, tags.separator],
          color: palette.text.secondary,
        },
        { tag: tags.invalid, color: toned(palette.error) },
      ]),
    ),
  ];
}
