import { createHash } from 'node:crypto';
import { DemoCluster } from '../DemoCluster';
import { CRD_COLLECTION } from '../store/builtinTypes';
import type { Schema, Schemas } from './types';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The references in a document that lead nowhere. */
function danglingReferences(schemas: Schemas): string[] {
  const text = JSON.stringify(schemas);
  const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
  return references.map(([, name]) => name).filter(name => !schemas[name]);
}

describe('/openapi/v3', () => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    cluster = await DemoCluster.create({ name: 'gd' });
  });
  afterAll(() => cluster.stop());

  async function get(path: string, init?: RequestInit) {
    const response = await fetch(new URL(path, cluster.url), {
      redirect: 'manual',
      ...init,
    });
    const text = await response.text();
    return { response, text };
  }
  async function index(): Promise<Record<string, string>> {
    const { paths } = JSON.parse((await get('/openapi/v3')).text);
    return Object.fromEntries(
      Object.entries<{ serverRelativeURL: string }>(paths).map(
        ([key, { serverRelativeURL }]) => [key, serverRelativeURL],
      ),
    );
  }
  async function schemasOf(path: string): Promise<Schemas> {
    const { text } = await get((await index())[path]);
    return JSON.parse(text).components.schemas;
  }

  it('serves one document for each group version, by its hash', async () => {
    const paths = await index();
    expect(Object.keys(paths)).toEqual([
      'api/v1',
      'apis/apps/v1',
      'apis/batch/v1',
      'apis/networking.k8s.io/v1',
      'apis/autoscaling/v2',
      'apis/policy/v1',
      'apis/rbac.authorization.k8s.io/v1',
      'apis/apiextensions.k8s.io/v1',
      'apis/argoproj.io/v1alpha1',
    ]);
    for (const url of Object.values(paths)) {
      const { response, text } = await get(url);
      const hash = createHash('sha512').update(text).digest('hex');
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('cache-control')).toBe('public, immutable');
      expect(url.split('?hash=')[1]).toBe(hash.toUpperCase());
      expect(danglingReferences(JSON.parse(text).components.schemas)).toEqual(
        [],
      );
    }

    const apps = '/openapi/v3/apis/apps/v1';
    const moved = await get(`${apps}?hash=OLD`);
    expect(moved.response.status).toBe(301);
    expect(moved.response.headers.get('location')).toBe(paths['apis/apps/v1']);
    expect((await get(apps)).response.status).toBe(200);
    expect((await get('/openapi/v3/apis/none/v1')).response.status).toBe(404);
    expect((await get(apps, { method: 'POST' })).response.status).toBe(405);
  });

  it('tells of built-in kinds what a real server tells', async () => {
    const apps = await schemasOf('apis/apps/v1');
    expect(apps['io.k8s.api.apps.v1.Deployment']).toMatchObject({
      type: 'object',
      description:
        'Deployment enables declarative updates for Pods and ReplicaSets.',
      'x-kubernetes-group-version-kind': [
        { group: 'apps', version: 'v1', kind: 'Deployment' },
      ],
      properties: {
        apiVersion: { type: 'string' },
        metadata: {
          allOf: [{ $ref: `#/components/schemas/${META}.ObjectMeta` }],
        },
      },
    });
    const fields = (name: string) => apps[`io.k8s.api.${name}`].properties!;
    expect(apps['io.k8s.api.apps.v1.DeploymentSpec'].required).toEqual([
      'selector',
      'template',
    ]);
    expect(fields('apps.v1.DeploymentSpec').replicas).toEqual({
      type: 'integer',
      format: 'int32',
      description:
        'Number of desired pods. This is a pointer to distinguish between explicit zero and not specified. Defaults to 1.',
    });
    expect(fields('core.v1.Container').imagePullPolicy).toMatchObject({
      type: 'string',
      enum: ['Always', 'IfNotPresent', 'Never'],
    });
    expect(fields('core.v1.ResourceRequirements').limits).toMatchObject({
      type: 'object',
      additionalProperties: {
        $ref: '#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity',
      },
    });
    expect(
      apps['io.k8s.apimachinery.pkg.util.intstr.IntOrString'],
    ).toMatchObject({ format: 'int-or-string' });
    expect(apps[`${META}.OwnerReference`].required).toEqual([
      'apiVersion',
      'kind',
      'name',
      'uid',
    ]);
    expect(apps[`${META}.Time`]).toMatchObject({ format: 'date-time' });

    const core = await schemasOf('api/v1');
    const { data } = core['io.k8s.api.core.v1.Secret'].properties!;
    expect(data.additionalProperties).toEqual({
      type: 'string',
      format: 'byte',
    });

    const extensions = await schemasOf('apis/apiextensions.k8s.io/v1');
    const own = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';
    const {
      not,
      maximum,
      default: anything,
    } = extensions[`${own}.JSONSchemaProps`].properties!;
    const reference = `#/components/schemas/${own}.JSONSchemaProps`;
    expect(not).toEqual({ $ref: reference });
    expect(maximum).toMatchObject({ type: 'number', format: 'double' });
    expect(anything.allOf ?? [anything]).toEqual([
      { $ref: `#/components/schemas/${own}.JSON` },
    ]);
    expect(extensions[`${own}.JSON`].type).toBeUndefined();
  });

  it('tells of custom kinds what their definitions say, as they change', async () => {
    const path = 'apis/argoproj.io/v1alpha1';
    const argo = await schemasOf(path);
    const application = argo['io.argoproj.v1alpha1.Application'];
    const spec = application.properties!.spec;
    expect(spec.required).toEqual(['destination', 'project']);
    expect(application).toMatchObject({
      properties: {
        metadata: {
          allOf: [{ $ref: `#/components/schemas/${META}.ObjectMeta` }],
        },
      },
      'x-kubernetes-group-version-kind': [
        { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application' },
      ],
    });

    const before = await index();
    const schema = (type: string): Schema => ({
      type: 'object',
      properties: { spec: { type: 'object', properties: { size: { type } } } },
    });
    const definition = (type: string) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boxes.example.dev' },
      spec: {
        group: 'example.dev',
        scope: 'Namespaced',
        names: { kind: 'Box', plural: 'boxes' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: schema(type) },
          },
        ],
      },
    });
    cluster.store.create(CRD_COLLECTION, definition('integer'));
    const first = await index();
    expect(first['apis/apps/v1']).toBe(before['apis/apps/v1']);
    cluster.store.update(
      { ...CRD_COLLECTION, name: 'boxes.example.dev' },
      definition('string'),
    );
    const second = await index();
    expect(second['apis/example.dev/v1']).not.toBe(
      first['apis/example.dev/v1'],
    );
    const boxes = await schemasOf('apis/example.dev/v1');
    expect(boxes['dev.example.v1.Box'].properties).toMatchObject({
      spec: { properties: { size: { type: 'string' } } },
      kind: { type: 'string' },
    });
    expect(boxes['dev.example.v1.BoxList'].required).toEqual(['items']);
  });
});
