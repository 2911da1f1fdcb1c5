export const changes = {
  changes: {
    title: 'Changes',
  },
} as const;
