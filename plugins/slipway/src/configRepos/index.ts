export { ConfigRepoFailure } from './ConfigRepoFailure';
export { ConfigRepoLine } from './ConfigRepoLine';
export { ConfigRepos } from './ConfigRepos';
