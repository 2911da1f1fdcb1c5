import { useEffect, useMemo, useRef } from 'react';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useTheme } from '@material-ui/core/styles';
import CodeMirror from '@uiw/react-codemirror';
import { useSchemaExtension } from '../editor/code/useSchemaExtension';
import { useText } from '../translation';
import { languageOf } from './codeLanguage';
import { lineMark, maskMarks, scrollToLine } from './codeMarks';
import { codeTheme } from './codeTheme';

/** Text with line numbers and highlighting, to read. Default export, because it is loaded when needed. */
export default function CodeView(props: {
  path: string;
  text: string;
  /** To show and to mark, from 1. */
  line?: number;
  /** Whose kinds are explained where the pointer rests. */
  cluster?: string;
}) {
  const { path, text, line, cluster } = props;
  const t = useText();
  const theme = useTheme();
  const schema = useSchemaExtension(cluster);
  const view = useRef<EditorView>();
  const colours = useMemo(() => codeTheme(theme), [theme]);
  const label = t('files.content', { path });
  const extensions = useMemo(
    () => [
      languageOf(path),
      maskMarks,
      schema,
      ...(line ? [lineMark(line)] : []),
      EditorState.phrases.of({
        Find: t('files.find'),
        next: t('files.next'),
        previous: t('files.previous'),
        all: t('files.all'),
        'match case': t('files.matchCase'),
        regexp: t('files.regexp'),
        'by word': t('files.byWord'),
        close: t('files.close'),
      }),
      EditorView.contentAttributes.of({
        'aria-label': label,
        'aria-readonly': 'true',
        tabindex: '0',
      }),
    ],
    [path, line, label, schema, t],
  );
  useEffect(() => {
    if (view.current && line) {
      scrollToLine(view.current, line);
    }
  }, [line]);

  return (
    <CodeMirror
      value={text}
      readOnly
      theme={colours}
      extensions={extensions}
      maxHeight="70vh"
      basicSetup={{ autocompletion: false, highlightActiveLine: false }}
      onCreateEditor={created => {
        view.current = created;
        if (line) {
          scrollToLine(created, line);
        }
      }}
    />
  );
}
