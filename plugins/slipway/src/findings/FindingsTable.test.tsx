import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { screen, within } from '@testing-library/react';
import { FindingsTable } from './FindingsTable';

const at = (place: Partial<Finding>): Finding => ({
  severity: 'error',
  code: 'duplicateKey',
  params: {},
  ...place,
});

describe('FindingsTable', () => {
  it('says where each finding is, line and column in one piece', async () => {
    const file = 'environments/prod1/checkout/deployment.yaml';
    renderInTestApp(
      <FindingsTable
        label="Findings"
        findings={[
          at({ file, line: 6, column: 13 }),
          at({ file, line: 7 }),
          at({ file }),
          at({}),
        ]}
      />,
    );
    const table = await screen.findByRole('table', { name: 'Findings' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(
      rows.map(row => within(row).getAllByRole('cell')[1].textContent),
    ).toEqual([`${file}:6:13`, `${file}:7`, file, '']);
    // The path may break anywhere, since it can be long.
    expect(screen.getByText(':6:13')).toHaveStyle({ whiteSpace: 'nowrap' });
  });
});
