export const deployments = {
  deployments: {
    title: 'Deployments',
  },
} as const;
