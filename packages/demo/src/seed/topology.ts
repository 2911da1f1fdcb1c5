/** One cluster of the demo. */
export interface DemoClusterDefinition {
  name: string;
  title: string;
  port: number;
  hasArgoCd: boolean;
  /** Clusters that its Argo CD delivers to beside its own. */
  remotes: string[];
}

/** The demo's clusters: a centre whose Argo CD also serves a remote one, and three with their own. */
export const demoClusters: DemoClusterDefinition[] = [
  {
    name: 'center',
    title: '中心',
    port: 7481,
    hasArgoCd: true,
    remotes: ['xj'],
  },
  { name: 'gd', title: '广东', port: 7482, hasArgoCd: true, remotes: [] },
  { name: 'xj', title: '新疆', port: 7483, hasArgoCd: false, remotes: [] },
  {
    name: 'devops-test',
    title: 'devops测试专属集群',
    port: 7484,
    hasArgoCd: true,
    remotes: [],
  },
  {
    name: 'data-collect',
    title: '数据采集集群',
    port: 7485,
    hasArgoCd: true,
    remotes: [],
  },
];
