import type { Translation } from '../messages';
import type { deployments as english } from '../en/deployments';

export const deployments: Translation<typeof english> = {
  'deployments.title': '部署记录',
  'deployments.loading': '正在加载部署记录',
  'deployments.error': '无法读取部署记录',
  'deployments.updated': '部署记录已更新',
  'deployments.when': '时间',
  'deployments.phase': '结果',
  'deployments.revision': '版本',
  'deployments.target': '目标',
  'deployments.by': '发起人',
  'deployments.images': '镜像',
  'deployments.message': '备注',
  'deployments.automatic': '同步引擎',
  'deployments.took': '耗时 {{duration}}',
  'deployments.underSecond': '不到 1 秒',
  'deployments.more': '显示更多',
  'deployments.emptyTitle': '还没有部署记录',
  'deployments.empty': '自 Slipway 开始监视以来，该模块没有任何部署。',
  'moduleLinks.forge': '在代码平台打开',
  'moduleLinks.kubernetes': 'Kubernetes',
  'moduleLinks.kubernetesHint': '{{entity}} 的 Pod 与工作负载',
  'hardRefresh.menu': '更多刷新方式',
  'hardRefresh.item': '强制刷新',
  'hardRefresh.text':
    '{{engine}} 会丢弃之前渲染的结果并重新读取 Git，开销比普通刷新大。',
  'hardRefresh.asked': '已请求 {{engine}} 从头重新读取 Git。',
};
