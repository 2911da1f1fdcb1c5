import type { Translation } from '../messages';
import type { copyReasons as english } from '../en/copyReasons';

export const copyReasons: Translation<{ reason: typeof english }> = {
  'reason.copySecretLeftOut':
    '未复制：文件含有明文 Secret 值，不允许随环境复制。请清空这些值，或为目标重新加密。',
  'reason.copySecretEmptied':
    '已清空 {{count}} 个 Secret 值，请在目标环境中填写。',
  'reason.copySecretKept': '{{count}} 个明文 Secret 值原样复制，请尽快加密。',
  'reason.copySecretRefused':
    '该配置仓库不允许保留明文 Secret 值：请不复制此文件，或清空这些值。',
  'reason.copySealedSecret': '该文件按原集群和命名空间密封：请为目标重新密封。',
  'reason.copySops':
    '该文件由 SOPS 加密，原样复制：请确认目标能够解密。接收方：{{recipients}}',
  'reason.copyUnparsable': '文件无法解析：请检查复制的内容，或先修复源文件。',
  'reason.copyBinary': '二进制文件，原样复制。',
  'reason.copyLinkOutside':
    '链接指向环境之外的 {{target}}：请不复制它，或改为普通文件。',
  'reason.copyLink': '指向 {{target}} 的链接按链接复制。',
  'reason.copySubmodule': '子模块不会被复制：请在目标中手动添加。',
  'reason.copyExcluded': '您选择了不复制。',
  'reason.copyExistsSame': '目标中已有相同的文件。',
  'reason.copyExistsDiffers':
    '目标中已有不同的文件，将保留。如不需要保留，请选择覆盖。',
  'reason.copyModuleExists':
    '目标中已有模块 {{module}}，将保持不变。可选择如何处理已有模块。',
  'reason.copyClusterScoped':
    '{{kind}} {{name}} 不属于任何命名空间：同一集群上源和目标会同时拥有它。请改名或不复制。',
  'reason.copyCollides':
    '{{engineObject}} 已在 {{namespace}} 中部署 {{kind}} {{name}}：请选择其他命名空间，或不复制。',
  'reason.copyCollidesUnnamed':
    '{{namespace}} 中已有由您无权查看的对象部署的 {{kind}} {{name}}：请选择其他命名空间，或不复制。',
  'reason.copyReferenceOutside':
    '引用了环境之外的 {{reference}}，该文件不会被复制：请确认它适用于目标。',
  'reason.ruleMatchesNothing': '没有匹配任何值：请检查或删除。',
  'reason.ruleMatchesEverything': '匹配所有值：请缩小范围，否则全部会被改写。',
  'reason.rulePattern': '该模式无法在线性时间内匹配（RE2 语法）：{{message}}',
  'reason.ruleIncomplete': '缺少 {{field}}。',
  'reason.copySameEnvironment': '源和目标是同一环境：请选择其他目标。',
  'reason.copyInsideSource': '目标会位于源环境内的 {{path}}：请使用其他名称。',
  'reason.copyNameTaken': '名称与 {{name}} 仅大小写不同：请使用其他名称。',
  'reason.copyHydratedTogether':
    '源与副本会被渲染到分支 {{branch}} 的同一目录，源渲染器将拒绝两者：请修改其 Application 的 syncSource。',
  'reason.copyNameInvalid': '{{name}} 不是可用的名称。',
  'reason.copyNoLayout':
    '配置仓库的布局中没有 {{name}} 的位置：请参照其他环境命名，或添加布局。',
  'reason.copyTargetExists':
    '环境 {{name}} 已存在：请将其选为已有环境，或使用其他名称。',
  'reason.copyTargetIncomplete':
    '新环境至少需要一个目标，并填写集群和命名空间（仅限小写字母、数字和连字符）。',
  'reason.copySourceEmpty':
    '源中没有可复制的内容：请选择其他环境，或更多模块。',
  'reason.copyModuleUnknown': '源环境没有模块 {{module}}。',
  'reason.copyEngineUnread':
    '没有引擎对象读取 {{path}}：在有引擎对象读取之前，该模块不会被部署。',
  'reason.copyDestinationUnknown':
    '无法得知同步引擎如何称呼集群 {{cluster}}：请检查此清单中的 destination。',
  'reason.copyEngineMissing':
    '源中没有告知同步引擎 {{module}} 的清单，已生成一个：请检查。',
  'reason.planMoved': '计划已发生变化：请查看变化后重新复制。',
};
