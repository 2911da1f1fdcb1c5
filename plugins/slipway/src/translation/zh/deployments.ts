import type { Translation } from '../messages';
import type { deployments as english } from '../en/deployments';

export const deployments: Translation<typeof english> = {
  'deployments.title': '部署记录',
};
