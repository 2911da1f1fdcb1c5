import { useCallback, useMemo, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type {
  CopyPlan,
  CopiedFile,
  Module,
} from '@slipway/backstage-plugin-slipway-common';
import { SearchField } from '../../environments/SearchField';
import { useWindowed, WINDOWED_FROM } from '../../modules/useWindowed';
import { useText } from '../../translation';
import type { CopyForm } from '../form/copyForm';
import { withModule } from './chosenModules';
import { ModuleItem } from './ModuleItem';

const ROW_HEIGHT = 38;
const noFiles: readonly CopiedFile[] = [];

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 2),
      marginBottom: theme.spacing(1),
    },
    list: {
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 1),
      maxHeight: 360,
      overflow: 'auto',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'SlipwayModuleChoice' },
);

function filesByModule(plan: CopyPlan | undefined) {
  const files = new Map<string, CopiedFile[]>();
  for (const file of plan?.files ?? []) {
    if (file.type === 'file' && file.module && file.from) {
      const others = files.get(file.module);
      if (others) {
        others.push(file);
      } else {
        files.set(file.module, [file]);
      }
    }
  }
  return files;
}

/** Which modules of the source are taken, and which of their files stay behind. */
export function ModuleChoice(props: {
  modules: readonly Module[];
  plan: CopyPlan | undefined;
  form: CopyForm;
  onChange: (patch: Partial<CopyForm>) => void;
}) {
  const { form, modules, onChange, plan } = props;
  const classes = useStyles();
  const t = useText();
  const [search, setSearch] = useState('');
  const files = useMemo(() => filesByModule(plan), [plan]);
  const excluded = useMemo(
    () => new Set(form.excludedFiles),
    [form.excludedFiles],
  );
  const taken = useMemo(() => new Set(form.modules), [form.modules]);
  const latest = useRef({ form, modules, onChange });
  latest.current = { form, modules, onChange };
  const take = useCallback((name: string, yes: boolean) => {
    const now = latest.current;
    const all = now.modules.map(module => module.name);
    now.onChange({ modules: withModule(all, now.form.modules, name, yes) });
  }, []);
  const exclude = useCallback((path: string, yes: boolean) => {
    const now = latest.current;
    const others = now.form.excludedFiles.filter(known => known !== path);
    now.onChange({ excludedFiles: yes ? [...others, path] : others });
  }, []);
  const found = modules.filter(({ name, title }) =>
    `${name} ${title ?? ''}`
      .toLocaleLowerCase()
      .includes(search.toLocaleLowerCase()),
  );
  const scroll = useRef<HTMLUListElement>(null);
  const { after, before, measure, rows } = useWindowed({
    on: found.length > WINDOWED_FROM,
    count: found.length,
    height: ROW_HEIGHT,
    around: 6,
    scroll,
  });
  return (
    <>
      <div className={classes.bar}>
        <SearchField
          value={search}
          hint={t('copy.searchModules')}
          pause={100}
          onChange={setSearch}
        />
        <Button size="small" onClick={() => onChange({ modules: undefined })}>
          {t('copy.all')}
        </Button>
        <Button size="small" onClick={() => onChange({ modules: [] })}>
          {t('copy.noModule')}
        </Button>
        <span role="status">
          {t('copy.modulesOf', {
            number: String(form.modules?.length ?? modules.length),
            total: String(modules.length),
          })}
        </span>
      </div>
      <ul
        ref={scroll}
        className={classes.list}
        aria-label={t('copy.modulesList')}
      >
        {before > 0 && <li aria-hidden style={{ height: before }} />}
        {rows.map(row => {
          const module = found[row];
          return (
            <li key={module.name} ref={measure} data-index={row}>
              <ModuleItem
                module={module}
                taken={!form.modules || taken.has(module.name)}
                files={files.get(module.name) ?? noFiles}
                sourcePath={plan?.source.path}
                excluded={excluded}
                onTake={take}
                onExclude={exclude}
              />
            </li>
          );
        })}
        {after > 0 && <li aria-hidden style={{ height: after }} />}
      </ul>
    </>
  );
}
