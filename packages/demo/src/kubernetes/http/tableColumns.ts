import { asList, asRecord, readPath } from '../store/json';
import type { KubernetesObject, ResourceType } from '../store/types';

/** One column of a Table, and what it shows of an object. */
export interface TableColumn {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
  cell: (object: KubernetesObject) => unknown;
}

type Cell = TableColumn['cell'];

function column(name: string, cell: Cell, priority = 0): TableColumn {
  const format = name === 'Name' ? 'name' : '';
  return { name, type: 'string', format, description: name, priority, cell };
}

const UNITS: [string, number][] = [
  ['y', 365 * 86_400],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

/** A duration in at most two units, the smaller one only while it says something: `3m12s`, `5d`. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 120) {
    return `${seconds}s`;
  }
  const index = UNITS.findIndex(
    ([, size]) => seconds >= (size === 1 ? 1 : 2 * size),
  );
  const [unit, size] = UNITS[index];
  const whole = Math.floor(seconds / size);
  const [nextUnit, nextSize] = UNITS[index + 1];
  const rest = Math.floor((seconds % size) / nextSize);
  return whole < 10 && rest > 0
    ? `${whole}${unit}${rest}${nextUnit}`
    : `${whole}${unit}`;
}

function ageOf(time: unknown): string {
  const then = Date.parse(String(time));
  return Number.isNaN(then) ? '<unknown>' : humanDuration(Date.now() - then);
}

function at(path: string, otherwise: unknown = ''): Cell {
  return object => readPath(object, path) ?? otherwise;
}

function count(path: string): Cell {
  return object => String(Object.keys(asRecord(readPath(object, path))).length);
}

function ratio(part: string, whole: string): Cell {
  return object =>
    `${readPath(object, part) ?? 0}/${readPath(object, whole) ?? 0}`;
}

function servicePorts(object: KubernetesObject): string {
  const ports = asList(readPath(object, 'spec.ports')).map(asRecord);
  return (
    ports
      .map(({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`)
      .join(',') || '<none>'
  );
}

function ingressHosts(object: KubernetesObject): string {
  const rules = asList(readPath(object, 'spec.rules')).map(asRecord);
  return rules.map(({ host }) => host ?? '*').join(',') || '*';
}

function nodeReady(object: KubernetesObject): string {
  const ready = asList(readPath(object, 'status.conditions'))
    .map(asRecord)
    .find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? 'Ready' : 'NotReady';
}

function involvedObject(object: KubernetesObject): string {
  const { kind, name } = asRecord(object.involvedObject);
  return `${String(kind).toLowerCase()}/${name}`;
}

const NAME = column('Name', at('metadata.name'));
const AGE = column('Age', ({ metadata }) => ageOf(metadata.creationTimestamp));
const READY = column('Ready', ratio('status.readyReplicas', 'spec.replicas'));

const COLUMNS: Record<string, TableColumn[]> = {
  namespaces: [NAME, column('Status', at('status.phase')), AGE],
  nodes: [
    NAME,
    column('Status', nodeReady),
    AGE,
    column('Version', at('status.nodeInfo.kubeletVersion')),
  ],
  pods: [NAME, column('Status', at('status.phase', 'Pending')), AGE],
  services: [
    NAME,
    column('Type', at('spec.type')),
    column('Cluster-IP', at('spec.clusterIP', '<none>')),
    column('Port(s)', servicePorts),
    AGE,
  ],
  configmaps: [NAME, column('Data', count('data')), AGE],
  secrets: [
    NAME,
    column('Type', at('type')),
    column('Data', count('data')),
    AGE,
  ],
  persistentvolumeclaims: [
    NAME,
    column('Status', at('status.phase', 'Pending')),
    AGE,
  ],
  events: [
    column('Last Seen', object =>
      ageOf(
        object.lastTimestamp ??
          object.eventTime ??
          object.metadata.creationTimestamp,
      ),
    ),
    column('Type', at('type')),
    column('Reason', at('reason')),
    column('Object', involvedObject),
    column('Message', at('message')),
  ],
  'deployments.apps': [
    NAME,
    READY,
    column('Up-to-date', at('status.updatedReplicas', 0)),
    column('Available', at('status.availableReplicas', 0)),
    AGE,
  ],
  'statefulsets.apps': [NAME, READY, AGE],
  'daemonsets.apps': [
    NAME,
    column('Desired', at('status.desiredNumberScheduled', 0)),
    column('Ready', at('status.numberReady', 0)),
    AGE,
  ],
  'replicasets.apps': [
    NAME,
    column('Desired', at('spec.replicas', 0)),
    column('Ready', at('status.readyReplicas', 0)),
    AGE,
  ],
  'jobs.batch': [
    NAME,
    column('Completions', ratio('status.succeeded', 'spec.completions')),
    AGE,
  ],
  'cronjobs.batch': [NAME, column('Schedule', at('spec.schedule')), AGE],
  'ingresses.networking.k8s.io': [
    NAME,
    column('Class', at('spec.ingressClassName', '<none>')),
    column('Hosts', ingressHosts),
    AGE,
  ],
  'customresourcedefinitions.apiextensions.k8s.io': [
    NAME,
    column('Created At', at('metadata.creationTimestamp')),
  ],
};

function customColumns(type: ResourceType): TableColumn[] {
  const own = type.printerColumns.map(printer => ({
    ...column(printer.name, at(printer.jsonPath), printer.priority ?? 0),
    description: printer.description ?? '',
    format: printer.format ?? '',
    ...(printer.type === 'date'
      ? {
          cell: (object: KubernetesObject) =>
            ageOf(readPath(object, printer.jsonPath)),
        }
      : {}),
  }));
  return own.some(({ name }) => name === 'Age')
    ? [NAME, ...own]
    : [NAME, ...own, AGE];
}

/** The columns that a resource is shown with. */
export function columnsOf(type: ResourceType): TableColumn[] {
  const key = type.group ? `${type.resource}.${type.group}` : type.resource;
  return COLUMNS[key] ?? customColumns(type);
}
