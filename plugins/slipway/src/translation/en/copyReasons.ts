/** What the copy of an environment remarks on a file, a rule or as a whole. */
export const copyReasons = {
  copySecretLeftOut:
    'It stays behind: it holds plain Secret values, which must not travel. Empty them, or seal them for the target.',
  copySecretEmptied:
    'Secret values that go empty: {{count}}. Fill them in at the target.',
  copySecretKept:
    'Plain Secret values that go as they are: {{count}}. Encrypt them soon.',
  copySecretRefused:
    'Plain Secret values may not be kept in this config repo: leave the file out, or empty them.',
  copySealedSecret:
    'It is sealed for its cluster and namespace: seal it again for those of the target.',
  copySops:
    'It is encrypted with SOPS and goes as it is: see that the target can decrypt it. Recipients: {{recipients}}',
  copyUnparsable:
    'It cannot be parsed: look at what is copied, or mend the source first.',
  copyBinary: 'It is binary and copied byte by byte.',
  copyLinkOutside:
    'The link leads out of the environment, to {{target}}: leave it out, or make it a file.',
  copyLink: 'The link to {{target}} is copied as a link.',
  copySubmodule: 'A submodule stays behind: add it in the target by hand.',
  copyExcluded: 'You left it out.',
  copyExistsSame: 'The target has the same file already.',
  copyExistsDiffers:
    'The target has another file here: it stays. Choose to overwrite if it should not.',
  copyModuleExists:
    'The target has {{module}} already: it stays as it is. Choose what becomes of existing modules.',
  copyClusterScoped:
    '{{kind}} {{name}} belongs to no namespace: source and target would both own it on one cluster. Rename it or leave it out.',
  copyCollides:
    '{{engineObject}} delivers {{kind}} {{name}} in {{namespace}} already: choose another namespace, or leave it out.',
  copyCollidesUnnamed:
    'Something that you may not see delivers {{kind}} {{name}} in {{namespace}} already: choose another namespace, or leave it out.',
  copyReferenceOutside:
    'It refers to {{reference}} outside the environment, which is not copied: check that it fits the target.',
  ruleMatchesNothing: 'It matches nothing: check it, or remove it.',
  ruleMatchesEverything:
    'It matches every value: narrow it, or everything is rewritten.',
  rulePattern:
    'This is no pattern that can be matched in linear time (RE2 syntax): {{message}}',
  ruleIncomplete: 'It needs {{field}}.',
  copySameEnvironment:
    'Source and target are the same environment: choose another target.',
  copyInsideSource:
    'The target would lie inside the source, at {{path}}: choose another name.',
  copyNameTaken:
    'The name differs from {{name}} only in upper and lower case: choose another.',
  copyHydratedTogether:
    'Source and copy would be hydrated into the same folder of the branch {{branch}}, and the source hydrator would do neither: change syncSource in its Application.',
  copyNameInvalid: '{{name}} is not a name that can be used.',
  copyNoLayout:
    'No layout of the config repo has a place for {{name}}: choose a name like those of its other environments, or add a layout.',
  copyTargetExists:
    'There is an environment {{name}} already: choose it as an existing one, or take another name.',
  copyTargetIncomplete:
    'A new environment needs at least one target with its cluster and a namespace of small letters, digits and hyphens.',
  copySourceEmpty:
    'There is nothing to copy in the source: choose another, or more of its modules.',
  copyModuleUnknown: 'The source has no module {{module}}.',
  copyEngineUnread:
    'No engine object reads {{path}}: nothing deploys the module until one does.',
  copyDestinationUnknown:
    'Nothing says how the sync engine knows the cluster {{cluster}}: check the destination in this manifest.',
  copyEngineMissing:
    'The source has no manifest that tells the sync engine of {{module}}, so one was made: look at it.',
  planMoved:
    'The plan is another one by now: look at what changed, then copy again.',
} as const;
