export const editor = {
  editor: {
    edit: 'Edit',
  },
} as const;
