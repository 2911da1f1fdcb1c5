import type { Translation } from '../messages';
import type { review as english } from '../en/review';

export const review: Translation<typeof english> = {
  'review.title': '检查变更',
};
