import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { app } from './App';

jest.setTimeout(300_000);

const text = (en: string, zh: string) => ({ en, zh });

function configure(auth: object) {
  const data = {
    app: {
      title: 'Slipway demo portal',
      baseUrl: 'http://localhost',
      extensions: [
        {
          'api:app/app-language': {
            config: { availableLanguages: ['en', 'zh'] },
          },
        },
      ],
    },
    backend: { baseUrl: 'http://localhost' },
    auth,
  };
  // The app finds its static configuration here, as an array: not a string,
  // which is all that the real process.env can hold.
  Object.defineProperty(process, 'env', {
    value: { NODE_ENV: 'test', APP_CONFIG: [{ context: 'test', data }] },
  });
}

describe('app', () => {
  beforeEach(() => localStorage.clear());

  it('lets one choose an example person by keyboard, in both languages', async () => {
    configure({
      providers: {
        demo: {
          people: [
            {
              name: 'engineer',
              title: text('Engineer', '工程师'),
              description: text('Asks for changes', '提出变更'),
            },
            {
              name: 'operator',
              title: text('Operator', '运维'),
              description: text('Runs the clusters', '运维集群'),
            },
          ],
        },
      },
    });
    render(app.createRoot());

    const engineer = await screen.findByRole(
      'button',
      { name: 'Continue as Engineer' },
      { timeout: 90_000 },
    );
    expect(engineer).toHaveAccessibleDescription('Asks for changes');

    await userEvent.click(screen.getByRole('button', { name: '中文' }));
    const operator = await screen.findByRole('button', {
      name: '以 运维 的身份继续',
    });
    expect(document.documentElement.lang).toBe('zh-CN');

    operator.focus();
    await userEvent.keyboard('{Enter}');
    // No backend answers here: the failure says so and leads back.
    expect(
      await screen.findByRole('heading', { name: '无法以 运维 的身份登录' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '选择其他用户' }));
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: '以 工程师 的身份继续' }),
      ).toBeInTheDocument(),
    );
  });
});
