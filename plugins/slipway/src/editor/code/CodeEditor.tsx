import { useEffect, useMemo, useRef } from 'react';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useTheme } from '@material-ui/core/styles';
import { codeTheme } from '../../files/codeTheme';
import { languageOf } from '../../files/codeLanguage';
import { scrollToLine } from '../../files/codeMarks';
import { useText } from '../../translation';
import { createEditor, Editor } from './createEditor';
import { maskedTokens } from './maskedTokens';
import { useSchemaExtension } from './useSchemaExtension';

export interface CodeEditorProps {
  path: string;
  text: string;
  /** The id of what explains the keyboard. */
  describedBy: string;
  /** Whose kinds hover and completion know. */
  cluster?: string;
  /** Where to begin, from 1: what a link leads to. */
  line?: number;
  onText: (text: string) => void;
  onSave: () => void;
}

/** Text to edit. Default export, because it is loaded when needed. */
export default function CodeEditor(props: CodeEditorProps) {
  const { path, text, describedBy, cluster, line } = props;
  const t = useText();
  const theme = useTheme();
  const schema = useSchemaExtension(cluster);
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>();
  const latest = useRef(props);
  latest.current = props;
  const extensions = useMemo(
    () => [
      codeTheme(theme),
      EditorView.theme({ '&': { maxHeight: '70vh' } }),
      languageOf(path),
      maskedTokens(t('editor.maskedToken')),
      schema,
      EditorState.phrases.of({
        Find: t('files.find'),
        Replace: t('files.replace'),
        next: t('files.next'),
        previous: t('files.previous'),
        all: t('files.all'),
        replace: t('editor.phrase.replace'),
        'replace all': t('editor.phrase.replaceAll'),
        'match case': t('files.matchCase'),
        regexp: t('files.regexp'),
        'by word': t('files.byWord'),
        close: t('files.close'),
        'Control character': t('editor.phrase.controlCharacter'),
        'current match': t('editor.phrase.currentMatch'),
        'on line': t('editor.phrase.onLine'),
        'replaced match on line $': t('editor.phrase.replacedOn', {
          line: '$',
        }),
        'replaced $ matches': t('editor.phrase.replacedAll', { matches: '$' }),
        'Go to line': t('editor.phrase.goToLine'),
        go: t('editor.phrase.go'),
        Completions: t('editor.phrase.completions'),
        'Fold line': t('editor.phrase.fold'),
        'Unfold line': t('editor.phrase.unfold'),
        unfold: t('editor.phrase.unfold'),
        'folded code': t('editor.phrase.folded'),
      }),
      EditorView.contentAttributes.of({
        'aria-label': t('editor.content', { path }),
        'aria-describedby': describedBy,
        'aria-keyshortcuts': 'Control+S Meta+S',
        tabindex: '0',
      }),
    ],
    [path, describedBy, schema, theme, t],
  );
  const first = useRef({ text, extensions });

  useEffect(() => {
    if (!parent.current) {
      return undefined;
    }
    const created = createEditor({
      parent: parent.current,
      ...first.current,
      onText: typed => latest.current.onText(typed),
      onSave: () => latest.current.onSave(),
    });
    editor.current = created;
    return () => created.destroy();
  }, []);
  useEffect(() => editor.current?.configure(extensions), [extensions]);
  useEffect(() => editor.current?.show(text), [text]);
  useEffect(() => {
    const view = editor.current?.view;
    if (view && line) {
      scrollToLine(view, line);
      view.focus();
    }
  }, [line]);

  return <div ref={parent} />;
}
