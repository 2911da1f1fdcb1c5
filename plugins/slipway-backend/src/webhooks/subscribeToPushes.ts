import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { ConfigRepoService } from '../configRepos/ConfigRepoService';
import { pushedRepository } from './pushedRepositories';

/** Topics under which the events backend's modules publish what forges send. */
const TOPICS = [
  'github',
  'gitlab',
  'gitea',
  'bitbucketCloud',
  'bitbucketServer',
  'azureDevOps',
];

/** Has config repos looked at when a forge says that they were pushed to. */
export async function subscribeToPushes(options: {
  events: EventsService;
  configRepos: Pick<ConfigRepoService, 'byUrl' | 'requestRefresh'>;
  logger: LoggerService;
}): Promise<void> {
  const { events, configRepos, logger } = options;
  await events.subscribe({
    id: 'slipway-pushes',
    topics: TOPICS,
    onEvent: async ({ topic, eventPayload }) => {
      const { urls, branch } = pushedRepository(eventPayload);
      const pushed = new Set(urls.flatMap(url => configRepos.byUrl(url)));
      for (const configRepo of pushed) {
        if (branch !== undefined && branch !== configRepo.branch) continue;
        logger.debug(`${topic} tells of a push to '${configRepo.name}'`);
        await configRepos.requestRefresh(configRepo.name);
      }
    },
  });
}
