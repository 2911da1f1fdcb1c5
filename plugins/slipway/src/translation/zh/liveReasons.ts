import type { Translation } from '../messages';
import type { liveReasons as english } from '../en/liveReasons';

export const liveReasons: Translation<{ reason: typeof english }> = {
  'reason.appliedUnknown': '对象上没有记录应用了什么，只能看到由谁写入。',
  'reason.engineApiFailed':
    '同步引擎的 API 没有响应，此处不包含引擎自身的对比。',
  'reason.engineComparedEarlier':
    '同步引擎对比的是 {{revision}}，分支上的文件已经不同，请刷新。',
  'reason.gitNotFollowed': '它交付的是其他分支、标签、提交或仓库。',
  'reason.gitNotRendered':
    '此处不渲染 Git：清单由 Kustomize、Helm 或其他工具生成。',
  'reason.gitTooLarge': 'Git 中的清单多于此处可对比的数量。',
  'reason.manifestUnreadable': '{{file}} 无法作为清单读取。',
  'reason.kindNotServedHere': '集群不提供 {{kind}}。',
  'reason.liveCarriesOthers': '其引擎对象还交付您无权读取文件的环境。',
  'reason.liveEncrypted': '它在 Git 中是加密的。',
  'reason.liveLeftAlone': '清单上的标记使其不会被应用。',
  'reason.liveNotDelivered':
    '它已存在，但不是由此引擎对象交付的，因此不显示其值。',
  'reason.liveNotSignedIn': 'Slipway 没有登录它要交付到的集群。',
  'reason.livePruneOff': '它已不在 Git 中，但其上的标记使其不会被删除。',
  'reason.liveWithheld': '它可能含有机密值，且过大而无法区分。',
  'reason.outOfSyncByEngine':
    '它与应用时一致，但同步引擎表示 Git 中已有其他内容。',
};
