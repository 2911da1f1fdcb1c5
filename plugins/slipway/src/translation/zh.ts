import { environments } from './zh/environments';
import { modules } from './zh/modules';
import { files } from './zh/files';
import { history } from './zh/history';
import { states } from './zh/states';
import { reasons } from './zh/reasons';
import { changes } from './zh/changes';
import { review } from './zh/review';
import { editor } from './zh/editor';
import { deployments } from './zh/deployments';
import { compare } from './zh/compare';
import { copy } from './zh/copy';
import { live } from './zh/live';
import type { MessageKey } from './messages';

/** 简体中文. Typed complete: a key that is missing here fails the type check. */
const zh: { [key in MessageKey]: string } = {
  ...environments,
  ...modules,
  ...files,
  ...history,
  ...states,
  ...reasons,
  ...changes,
  ...review,
  ...editor,
  ...deployments,
  ...compare,
  ...copy,
  ...live,
};

export default zh;
