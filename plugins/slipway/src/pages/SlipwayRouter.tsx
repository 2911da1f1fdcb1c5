import { Route, Routes } from 'react-router-dom';
import { ConfigRepoPage } from './ConfigRepoPage';
import { EnvironmentPage } from './EnvironmentPage';
import { ListsPage } from './ListsPage';

/** Everything below `/slipway`. */
export function SlipwayRouter() {
  return (
    <Routes>
      <Route path="/config-repos/:configRepo" element={<ConfigRepoPage />} />
      <Route
        path="/environments/:configRepo/:environment"
        element={<EnvironmentPage />}
      />
      <Route path="/*" element={<ListsPage />} />
    </Routes>
  );
}
