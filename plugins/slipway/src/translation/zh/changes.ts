import type { Translation } from '../messages';
import type { changes as english } from '../en/changes';

export const changes: Translation<typeof english> = {
  'changes.title': '变更',
};
