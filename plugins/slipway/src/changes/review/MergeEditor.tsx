import { useMemo, useRef, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { EditorView, keymap } from '@codemirror/view';
import { useTheme } from '@material-ui/core/styles';
import CodeMirror from '@uiw/react-codemirror';
import type { FileConflict } from '@slipway/backstage-plugin-slipway-common';
import { maskMarks } from '../../files/codeMarks';
import { codeTheme } from '../../files/codeTheme';
import { useText } from '../../translation';
import { conflictMarks, showConflict, takeSide } from './conflictMarks';
import { conflictRegions } from './conflictRegions';
import { languageOf } from '../../files/codeLanguage';
import { MergeActions } from './MergeActions';
import { MergeSides } from './MergeSides';

/** Both edits against what was there before, and the result to make of them. Default export, because it is loaded when needed. */
export default function MergeEditor(props: {
  conflict: FileConflict;
  /** Both edits, with markers where they overlap. */
  merged: string;
  disabled: boolean;
  onTyped: () => void;
  onSettle: (text: string) => void;
}) {
  const { conflict, disabled, merged, onSettle, onTyped } = props;
  const { path } = conflict;
  const t = useText();
  const theme = useTheme();
  const view = useRef<EditorView>();
  const [text, setText] = useState(merged);
  const [cursor, setCursor] = useState(0);
  const colours = useMemo(() => codeTheme(theme), [theme]);
  const label = t('settle.result', { path });
  const extensions = useMemo(
    () => [
      languageOf(path),
      maskMarks,
      conflictMarks(theme),
      keymap.of([
        { key: 'F7', run: editor => showConflict(editor, 'next') },
        { key: 'Shift-F7', run: editor => showConflict(editor, 'previous') },
      ]),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ],
    [path, theme, label],
  );
  const regions = useMemo(() => conflictRegions(text), [text]);
  const at = regions.findIndex(({ to }) => cursor < to);
  return (
    <>
      <MergeSides conflict={conflict} />
      <MergeActions
        path={path}
        total={regions.length}
        current={at < 0 ? regions.length - 1 : at}
        disabled={disabled}
        onMove={direction => {
          if (view.current) {
            showConflict(view.current, direction);
            view.current.focus();
          }
        }}
        onTake={(side, which) => {
          if (view.current) {
            takeSide(view.current, side, which);
            onTyped();
          }
        }}
      />
      <CodeMirror
        value={text}
        theme={colours}
        extensions={extensions}
        editable={!disabled}
        // Tab leads on: Escape, the editor's own way out, closes the drawer.
        indentWithTab={false}
        maxHeight="60vh"
        basicSetup={{ autocompletion: false }}
        onCreateEditor={created => {
          view.current = created;
          showConflict(created, 'first');
        }}
        onUpdate={update => {
          if (update.selectionSet || update.docChanged) {
            setCursor(update.state.selection.main.head);
          }
        }}
        onChange={changed => {
          setText(changed);
          onTyped();
        }}
      />
      <Box mt={1} display="flex" justifyContent="flex-end">
        <Button
          size="small"
          color="primary"
          variant="contained"
          disabled={disabled || regions.length > 0}
          onClick={() => onSettle(text)}
        >
          {t('settle.settle', { path })}
        </Button>
      </Box>
    </>
  );
}
