import { Route, Routes } from 'react-router-dom';
import { EnvironmentComparePage } from '../compare';
import { EnvironmentCopyPage } from '../copy';
import { EnvironmentFilesPage } from '../files';
import { ChangePage } from './ChangePage';
import { ClusterPage } from './ClusterPage';
import { ConfigRepoPage } from './ConfigRepoPage';
import { EnvironmentPage } from './EnvironmentPage';
import { ListsPage } from './ListsPage';
import { ModulePage } from './ModulePage';

/** Everything below `/slipway`. */
export function SlipwayRouter() {
  return (
    <Routes>
      <Route path="/config-repos/:configRepo" element={<ConfigRepoPage />} />
      <Route path="/clusters/:cluster" element={<ClusterPage />} />
      <Route path="/changes/:change" element={<ChangePage />} />
      <Route
        path="/environments/:configRepo/:environment"
        element={<EnvironmentPage />}
      />
      <Route
        path="/environments/:configRepo/:environment/files"
        element={<EnvironmentFilesPage />}
      />
      <Route
        path="/environments/:configRepo/:environment/compare"
        element={<EnvironmentComparePage />}
      />
      <Route
        path="/environments/:configRepo/:environment/copy"
        element={<EnvironmentCopyPage />}
      />
      <Route
        path="/environments/:configRepo/:environment/modules/:module"
        element={<ModulePage />}
      />
      <Route path="/*" element={<ListsPage />} />
    </Routes>
  );
}
