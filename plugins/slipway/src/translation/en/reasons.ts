import { copyReasons } from './copyReasons';
import { liveReasons } from './liveReasons';

export const reasons = {
  reason: {
    ...copyReasons,
    ...liveReasons,
    unreachable: 'The server could not be reached.',
    unauthorized: 'The server does not accept the configured credentials.',
    forbidden: 'The configured credentials are not allowed to read this.',
    repositoryNotFound:
      'There is no repository at this URL, or the configured credentials may not see it.',
    emptyRepository: 'The repository has no commit yet.',
    branchNotFound: 'The repository does not have the configured branch.',
    notAGitServer: 'What answers at this URL is not a Git server.',
    tooLarge: 'It is larger than the configured limit.',
    corrupt: 'The server sent data that cannot be read.',
    timeout: 'The server did not answer in time.',
    certificateExpired: 'The certificate of the server has expired.',
    certificateNotYetValid:
      'The certificate of the server is not valid yet. Are the clocks right?',
    certificateOtherHost: 'The certificate of the server is for other hosts.',
    tlsError: 'The certificate of the server is not trusted.',
    serverError: 'The server answered with an error of its own.',
    kindNotServed:
      'The cluster does not know the objects of the sync engine. Is it installed there?',
    notKubernetes: 'What answers at this address is not a Kubernetes API.',
    clusterUnreachable:
      'The cluster {{cluster}} cannot be reached. This is its last known state.',
    clusterUnreachableSince:
      'The cluster {{cluster}} cannot be reached since {{since}}. This is its last known state.',
    operationFailed: 'The last operation on {{module}} failed: {{message}}',
    operationRunning:
      'The sync engine is working on {{done}} of {{total}} modules.',
    modulesProgressing: '{{done}} of {{total}} modules are still rolling out.',
    engineObjectMissing:
      'No sync engine has an object for {{module}}: {{file}} is missing or not applied.',
    notSynced: 'Not synced: {{modules}}.',
    noModules: 'The environment has no modules.',
    comparisonFailed:
      'The sync engine could not compare Git with the cluster: {{message}}',
    notReported: 'The sync engine has not reported on it yet.',
    neverReached: 'It has not been reached since the portal started.',
    configRepoUnreadable:
      'The config repo {{configRepo}} cannot be read now; its files are not listed.',
    configRepoNotRegistered:
      'The annotation names the config repo {{configRepo}}, which is not registered under slipway.configRepos, or which you may not read.',
    environmentNotFound:
      'The annotation names the environment {{environment}}, which the config repo does not have.',
    moduleNotFound:
      'The annotation names the module {{module}}, which no environment has.',
    yamlSyntax: 'This is not valid YAML.',
    schemaInvalid: '{{path}} is not as the schema wants it ({{keyword}}).',
    schemaExpected: '{{path}} should be {{expected}}.',
    duplicateKey: 'The same key is there twice.',
    tooDeep: 'It is nested too deeply.',
    tooManyAliases: 'It uses too many YAML aliases.',
    wrongKind: 'This kind or apiVersion does not belong here.',
    nameMismatch: 'The name in the file is not the name of the file.',
    multipleDocuments: 'One YAML document per file, please.',
    targetClusterUnknown:
      'The target names the cluster {{cluster}}, which is not registered under slipway.clusters.',
    branchNotFoundNamed: 'The repository does not have the branch {{branch}}.',
    credentialsUnreadable: 'The credentials could not be read.',
    credentialsUnreadableIn: 'The credentials file {{file}} could not be read.',
    engineNotInstalled:
      'The portal has no module for the sync engine {{engine}}: its backend module is not installed.',
    watchEnded: 'The watch ended and is being started again.',
    watchFailed: 'The watch broke off and is being started again.',
    neverApplied: 'It has never been applied.',
    revisionUnknown:
      'The applied revision {{revision}} could not be compared with the branch.',
    notDeclared:
      'The repository has no .slipway/repo.yaml, so only what sync engines deliver from it is shown.',
    moduleFilesMissing:
      'The module {{module}} is declared, but there is nothing at {{path}}.',
    targetNotDeclared:
      'It is delivered to {{cluster}}/{{namespace}}, which is not among its declared targets.',
    annotationTooLong: '{{annotation}} names more than {{limit}} things.',
    annotationInvalid: '{{annotation}}: “{{name}}” cannot be a name.',
    annotationMissing:
      'The annotation {{annotation}} is missing: without it the others choose nothing.',
    annotationNotOne: '{{annotation}} must name exactly one config repo.',
    templateEmpty: 'A layout path is empty.',
    templateTooLong: 'A layout path is too long.',
    templateAbsolute: 'A layout path must not begin with a slash.',
    templateEmptySegment:
      'A layout path has an empty part between two slashes.',
    templateDotSegment: 'A layout path must not contain “.” or “..”.',
    templateHiddenSegment:
      'A layout path must not lead into names that begin with a dot.',
    templateReserved:
      'A layout path must not lead into what Slipway keeps for itself.',
    templateLiteralInvalid:
      'A layout path has characters that a name cannot have.',
    templateBraceInvalid:
      'A brace in a layout path is not closed or not opened.',
    templatePlaceholderInvalid: 'A placeholder in a layout path is not valid.',
    templateValueInvalid: 'A value that a placeholder lists is not valid.',
    templateTooManyValues: 'A placeholder lists too many values.',
    templateAmbiguous:
      'A layout path can be read in more than one way, so that it cannot be inverted.',
    placeholderUnknown:
      'The placeholder {{placeholder}} is not defined by the layout path.',
    placeholderDuplicate: 'A placeholder is there twice in one layout path.',
    placeholderMissing: 'A layout path lacks a placeholder that it needs.',
    compositionInvalid:
      'The environment name that a layout composes is not valid.',
    tooManyLayouts: 'There are more than {{limit}} layouts.',
    ignoreInvalid: 'The entry “{{entry}}” under ignore is not valid.',
    layoutOverlap:
      '{{path}} also fits the layout {{layout}}; the first layout that fits has it.',
    moduleDuplicate:
      '{{path}} is left out: {{first}} is the module {{module}} of {{environment}} already.',
    nameUnusable: '{{path}} is left out: it spells a name that cannot be used.',
    unknownProblem:
      'Something in the portal went wrong; its log tells more. It is tried again by itself.',
    unknownValue:
      'The sync engine reports {{value}}, which Slipway does not know.',
    carriesOthers:
      'The engine object {{name}} also delivers environments that you may not read; what it says and its resources are not shown.',
    notCompared: 'The sync engine has not compared this revision yet.',
    engineMessage: 'The sync engine says: {{message}}',
    reconciliationSuspended:
      'Reconciliation is suspended: nothing is delivered until it is resumed.',
    healthNotChecked:
      'It was applied; the sync engine is not told to check the health of what it applies (wait, healthChecks).',
    reconcileRetrying:
      'The last attempt failed; the sync engine is trying again.',
    destinationUnreachable:
      'The sync engine could not reach the cluster that it delivers to; what it says of it may be out of date: {{message}}',
    hydrationFailed:
      'The source hydrator could not make the manifests of the newest commit; what was made before is compared: {{message}}',
    dryRevisionNotTold:
      'Argo CD applies hydrated commits, and does not say which commit of the source this one was made from.',
    chartCommitNotTold:
      'Nothing says which commit the chart that is installed was packaged from.',
    dependencyNotReady: 'It waits for what it depends on: {{message}}',
    engineObjectDeleting: 'Its engine object is being deleted.',
    drifted: 'It was changed in the cluster, past Git: {{message}}',
    sourceMissing: 'The source that it names is not there: {{source}}.',
    sourceUnnamed: 'It names no source.',
    sourceForeign: 'Slipway does not follow sources of this kind: {{source}}.',
    sourceUnreadable: 'Slipway cannot read the source {{source}}.',
    sourceSuspended:
      'The source {{source}} is suspended: what Git holds now is not looked at.',
    kindsNotServed: 'Not installed on this cluster: {{kinds}}.',
    kindsUnreadable: 'Slipway cannot read there: {{kinds}}.',
    engineVersionForbidden:
      "Slipway's account may not read the version: allow it to get {{object}}.",
    engineVersionNotFound:
      'The version is read from {{object}}, which is not there.',
    engineVersionNotTold: '{{object}} does not tell the version.',
    clusterConnecting:
      'The cluster {{cluster}} is being connected and has not been heard yet.',
    syncUnknown: 'Whether it is synced is not known: {{modules}}.',
    fileSyncUnknown: 'Whether the files are current is not known: {{modules}}.',
    notDeployed: 'Not deployed: {{modules}}.',
    diverged: 'An applied revision is not in the branch: {{modules}}.',
    behind: 'Files behind the branch: {{modules}}.',
    stageUnknown: 'The stage {{stage}} is not listed under spec.stages.',
    unknownKey: '{{path}} has no key {{key}}.',
    missingKey: '{{path}} needs the key {{key}}.',
    wrongApiVersion: 'apiVersion should be {{expected}}.',
    nameInvalid: '{{path}} is not a name that can be used.',
    entityRefInvalid:
      '{{path}} is not an entity ref such as group:default/shop.',
    moreFindings: 'There are more than {{limit}} findings; mend these first.',
    tooManyItems: 'The file holds too many items.',
    keyNotText: 'A key must be text.',
    customTag: 'YAML tags are not allowed here.',
    aliasUnknown: 'A YAML alias names nothing that stands before it.',
    clusterOffline:
      'The cluster {{cluster}} cannot be reached, so what became of the change there is not known.',
    waitsForSync:
      'The sync engine has seen the change but does not sync {{module}} by itself: sync it.',
    notDeployedYet:
      'Nothing delivers {{module}} there yet, so there is nothing to follow.',
    moduleGone: '{{module}} is no longer there, so there is nothing to follow.',
    moduleRemoving:
      'Git holds {{module}} no more; what it deployed is being removed.',
    moduleRemoved: '{{module}} is gone, and what it deployed with it.',
    moduleDegraded: 'The change is applied, but {{module}} is degraded.',
    notAppliedInTime:
      'The sync engine did not apply the change within {{minutes}} minutes.',
    notLiveInTime:
      'The change is applied, but it was not healthy and in sync within {{minutes}} minutes.',
    supersededBy: 'Change {{change}} wrote over it.',
    supersededInBranch: 'A later commit wrote over it.',
    historyRewritten:
      'The history of the branch was rewritten: commits that it had are gone.',
    moreFilesChanged: '{{count}} more files changed than are listed.',
    kindUnknown:
      'The clusters {{clusters}} do not know {{kind}} of {{apiVersion}}.',
    maskTokenUnknown:
      '{{token}} stands for no value of this file: only tokens that were there can be kept.',
    maskTokenMoved:
      '{{token}} was moved: a masked value stays with its key and object.',
    maskTokenDoubled: '{{token}} is there twice.',
    maskTokenBroken: '{{token}} is not a whole token.',
    maskTokenUnreadable:
      '{{token}} cannot be put back, as the text around it cannot be read.',
    jsonSyntax: 'This is not valid JSON.',
    controlCharacter: 'A control character stands here.',
    aliasCycle: 'A YAML alias leads back to itself.',
    mergeNotMap: 'A YAML merge key must name a map.',
    unknownTag: 'This YAML tag is not known to Kubernetes.',
    manifestTooLarge: 'The file is too large to be checked.',
    templateUnchecked:
      'A Helm template is not checked: it is YAML only once it is rendered.',
    sopsTurnedPlain:
      'The file was encrypted with SOPS and would be plain text.',
    sopsValuePlain:
      'The value of {{key}} would be plain text in a file that SOPS encrypts.',
    sopsMacKept:
      'Values differ, but the checksum of SOPS is the old one: decrypting will fail.',
    plainSecret:
      '{{object}}: the value of {{key}} would stand in Git for everyone to read. Encrypt it, or refer to it.',
    secretUnreadable:
      'This may be a Secret and cannot be read, so its values cannot be judged.',
    secretWouldShow:
      'Values that are masked in {{oldPath}} could be read by everyone at {{path}}.',
    duplicateObject:
      '{{kind}} {{name}} is described in {{firstFile}}, line {{firstLine}}, already.',
    referenceMissing: '{{field}} names {{reference}}, which is not there.',
    referenceOutOfRepo:
      '{{field}} names {{reference}}, which leads out of the repository.',
    referenceNotFile:
      '{{field}} names {{reference}}, which is a directory and must be a file.',
    referenceNotDirectory:
      '{{field}} names {{reference}}, which is a file and must be a directory.',
    referenceNoKustomization:
      '{{field}} names {{reference}}, a directory without a kustomization.yaml.',
    referenceCycle:
      '{{field}} names {{reference}}, which contains this Kustomization itself.',
    referenceOutside:
      '{{field}} names {{reference}} outside its own directory, which Kustomize reads only when told to.',
    referenceRemote:
      '{{field}} names {{reference}}, which is fetched from elsewhere and not checked.',
    unknownField: '{{field}} is no field of this kind.',
    unknownFieldLike: '{{field}} is no field of this kind. Is {{like}} meant?',
    wrongType: '{{field}} is {{actual}} and should be {{expected}}.',
    looksLikeBoolean:
      '{{field}}: {{value}} is read as a boolean; put it in quotes.',
    missingField: '{{field}} is needed.',
    notInEnum: '{{field}} must be one of {{allowed}}.',
    wrongFormat: '{{field}} is not in the format {{format}}.',
    schemasUnavailable:
      'The clusters {{clusters}} did not tell their schemas, so that nothing was checked against them.',
    checksIncomplete:
      'The change touches {{modules}} modules; not all of them were looked into.',
    pathEscapes: '{{path}} leads out of the repository, or is no path.',
    pathProtected: '{{path}} is kept for Git itself.',
    pathTooLong: '{{path}} is too long, or a name in it is.',
    pathNotPortable: '{{path}} has a name that some file systems cannot hold.',
    pathClash: 'A file and a directory would both be at {{path}}.',
    pathThroughLink:
      '{{path}} leads through a link or a submodule, which is never written through.',
    pathTaken: 'There is a file at {{path}} already.',
    pathTwice: '{{path}} is changed twice in one change.',
    fileNotFound: 'There is no {{path}}, or you may not read it.',
    fileTooLarge:
      '{{path}} has {{megabytes}} MB or more; such files do not belong here.',
    conflict: 'Someone else changed the same files meanwhile.',
    changeHasErrors: 'Errors stand in the way: {{count}}.',
    changeEmpty: 'Nothing would change.',
    permissionMissing:
      'You need the permission {{permission}} on the environment {{environment}}.',
    configRepoAdminMissing:
      '{{path}} belongs to the config repo as a whole: you need the permission slipway.config-repo.admin.',
    touchesMore:
      'Meanwhile it would touch more than was granted: {{environments}}. Plan it again.',
    reasonHidden: 'The reason names what you may not read.',
    pushRefused: 'The Git server refused the push: {{words}}',
    branchTooBusy: 'Others pushed to the branch all the time; try again later.',
    unknownOutcome:
      'The answer of the Git server was lost; it is being found out whether the push arrived.',
    rollbackDropsCommits:
      '{{count}} later commits that touched {{path}} are taken back as well.',
    rollbackLink:
      '{{path}} is or was a link or a submodule, which changes never write.',
    rollbackMerged:
      '{{path}} was edited later; those edits stay, only what the change did is taken back.',
    rollbackSecretStays:
      'Secret values in {{path}} overlap with later edits; if you settle it here, the present values stay.',
  },
  reasonFrame: {
    withMessage: '{{sentence}} ({{message}})',
    unknownWithMessage: '{{code}}: {{message}}',
  },
  shortReason: {
    progress: '{{done}} of {{total}}',
    clusterOffline: '{{cluster}} offline',
    clusterOfflineSince: '{{cluster}} offline · {{age}}',
    operationFailed: '{{module}}',
    engineObjectMissing: '{{file}} missing',
    notSynced: 'not synced: {{modules}}',
    noModules: 'no modules',
    comparisonFailed: 'cannot compare',
    notReported: 'not reported yet',
    neverReached: 'never reached',
  },
} as const;
