import type { Translation } from '../messages';
import type { editor as english } from '../en/editor';

export const editor: Translation<typeof english> = {
  'editor.edit': '编辑',
};
