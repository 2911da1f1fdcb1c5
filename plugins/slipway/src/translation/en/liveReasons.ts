/** Why an object, or all of a module, cannot be compared, or not as well as one would like. */
export const liveReasons = {
  appliedUnknown:
    'Nothing on the object tells what was applied; only who wrote it.',
  engineApiFailed:
    "The sync engine's API did not answer; its own comparison is not in this.",
  engineComparedEarlier:
    'The sync engine compared with {{revision}}; the branch holds other files by now. Refresh it.',
  gitNotFollowed:
    'It delivers another branch, tag, commit or repository than this one.',
  gitNotRendered:
    'Git is not rendered here: the manifests are made by Kustomize, Helm or another tool.',
  gitTooLarge: 'There are more manifests in Git than are compared here.',
  manifestUnreadable: '{{file}} cannot be read as manifests.',
  kindNotServedHere: 'The cluster does not serve {{kind}}.',
  liveCarriesOthers:
    'Its engine object also delivers environments whose files you may not read.',
  liveEncrypted: 'It is encrypted in Git.',
  liveLeftAlone: 'A mark on the manifest keeps it from being applied.',
  liveNotDelivered:
    'It is there, but this engine object has not delivered it; its values are not shown.',
  liveNotSignedIn:
    'Slipway does not sign in to the cluster that it is delivered to.',
  livePruneOff:
    'It is no longer in Git; a mark on it keeps it from being pruned.',
  liveWithheld:
    'It may hold secret values, and is too large to tell them from others.',
  outOfSyncByEngine:
    'It is as it was applied, but the sync engine says that Git holds something else by now.',
} as const;
