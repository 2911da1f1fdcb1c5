import { useMemo } from 'react';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import CodeMirror from '@uiw/react-codemirror';
import type { FileConflict } from '@slipway/backstage-plugin-slipway-common';
import { maskMarks } from '../../files/codeMarks';
import { codeTheme } from '../../files/codeTheme';
import { useText } from '../../translation';
import { languageOf } from '../../files/codeLanguage';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 360px), 1fr))',
      gap: theme.spacing(2),
      marginBottom: theme.spacing(2),
      '& h5': { margin: theme.spacing(0, 0, 0.5), fontSize: 'inherit' },
      '& > *': { minWidth: 0 },
    },
  }),
  { name: 'SlipwayMergeSides' },
);

// The marks around collapsed lines are in few fonts.
const plainFolds = EditorView.theme({
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '""' },
});

/** One side's text with what it changed of the base: added lines marked, removed ones kept in sight. */
function MergeSide(props: {
  title: string;
  path: string;
  text: string;
  base: string | undefined;
}) {
  const { base, path, text, title } = props;
  const t = useText();
  const theme = useTheme();
  const colours = useMemo(() => codeTheme(theme), [theme]);
  const extensions = useMemo(
    () => [
      languageOf(path),
      maskMarks,
      ...(base === undefined
        ? []
        : [
            unifiedMergeView({
              original: base,
              mergeControls: false,
              collapseUnchanged: { margin: 2, minSize: 6 },
            }),
          ]),
      plainFolds,
      EditorState.phrases.of({
        '$ unchanged lines': t('settle.unchangedLines'),
      }),
      EditorView.contentAttributes.of({
        'aria-label': `${title}: ${path}`,
        'aria-readonly': 'true',
        tabindex: '0',
      }),
    ],
    [base, path, t, title],
  );
  return (
    <div>
      <h5>{title}</h5>
      <CodeMirror
        value={text}
        readOnly
        indentWithTab={false}
        theme={colours}
        extensions={extensions}
        maxHeight="40vh"
        basicSetup={{ autocompletion: false, highlightActiveLine: false }}
      />
    </div>
  );
}

/** What each side made of the text that both began with. */
export function MergeSides(props: { conflict: FileConflict }) {
  const { base, mine, path, theirs } = props.conflict;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.root}>
      {theirs !== undefined && (
        <MergeSide
          title={
            base === undefined ? t('settle.theirs') : t('settle.theirsHint')
          }
          path={path}
          text={theirs}
          base={base}
        />
      )}
      {mine !== undefined && (
        <MergeSide
          title={base === undefined ? t('settle.mine') : t('settle.mineHint')}
          path={path}
          text={mine}
          base={base}
        />
      )}
    </div>
  );
}
