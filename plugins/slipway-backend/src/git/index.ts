export type { CommitInfo } from './commitParser';
export type { TouchingResult } from './commitsTouching';
export { ConfigRepoGit } from './configRepoGit';
export type {
  ConfigRepoGitOptions,
  GitCallOptions,
  RefreshResult,
} from './configRepoGitOptions';
export { CommitNotFound, GitError } from './gitError';
export type { GitProblem } from './gitError';
export type { GitCredentials } from './smartHttp';
export type { Snapshot, SnapshotFile } from './snapshot';
export type { TreeEntry } from './treeParser';
export { blobObject } from './newObject';
export type { NewObject } from './newObject';
export { commitObject } from './commitObject';
export type { CommitObjectOptions, CommitSigner, Person } from './commitObject';
export { isWithin } from './isWithin';
export { editTree } from './editTree';
export type { EditedTree, FileMode, TreeEdit } from './editTree';
export type { PushOptions, PushResult } from './pusher';
export { checkTreePath } from './treePath';
export type { BlamedLine, BlameOptions } from './blame';
export type { PathHistoryOptions, PathHistoryPage } from './historyReader';
export { createSshSigner } from './sshSigner';
