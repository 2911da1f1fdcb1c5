import {
  createTranslationMessages,
  createTranslationRef,
  createTranslationResource,
} from '@backstage/frontend-plugin-api';

export const signInTranslationRef = createTranslationRef({
  id: 'slipway-demo-sign-in',
  messages: {
    title: 'Who do you want to be?',
    subtitle:
      'This is a demo. There are no passwords: choose one of the example people.',
    continueAs: 'Continue as {{name}}',
    failed: 'Could not sign in as {{name}}',
    failedHelp:
      'The portal may still be reading the example people into the catalog. Wait a few seconds and try again.',
    retry: 'Try again',
    chooseAnother: 'Choose someone else',
  },
});

/** Complete, so that a missing message fails the type check. */
export const signInMessagesZh = createTranslationMessages({
  ref: signInTranslationRef,
  full: true,
  messages: {
    title: '请选择登录身份',
    subtitle: '这是演示环境，无需密码：请选择一位示例用户。',
    continueAs: '以 {{name}} 的身份继续',
    failed: '无法以 {{name}} 的身份登录',
    failedHelp: '门户可能仍在将示例用户读入目录，请稍候几秒后重试。',
    retry: '重试',
    chooseAnother: '选择其他用户',
  },
});

export const signInTranslations = createTranslationResource({
  ref: signInTranslationRef,
  translations: { zh: async () => ({ default: signInMessagesZh }) },
});
