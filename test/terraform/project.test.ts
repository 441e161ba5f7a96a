import * as fc from 'fast-check'
import t from 'tap'
import { toJson } from '../../src/document/to-json.ts'
import type { Data, DataObject } from '../../src/model/data.ts'
import { projectTerraform } from '../../src/terraform/project.ts'
import { documentOf, ordinary } from '../support/document.ts'

const bucket = (index: number, more: DataObject = {}): DataObject => ({
  address: `aws_s3_bucket.logs[${index}]`,
  mode: 'managed',
  type: 'aws_s3_bucket',
  name: 'logs',
  index,
  provider_name: 'registry.terraform.io/hashicorp/aws',
  schema_version: 0,
  values: { bucket: `logs-${index}`, acl: 'private' },
  sensitive_values: {},
  ...more,
})
const password = {
  address: 'module.db.random_password.admin["a.b"]',
  mode: 'managed',
  type: 'random_password',
  name: 'admin',
  index: 'a.b',
  values: { length: 20, result: 'hunter2', numbers: [1, 2], deep: { port: 5432, host: 'h' } },
  sensitive_values: { result: true, numbers: [false, true], deep: { port: true } },
}
const account = { address: 'data.aws_account.me', mode: 'data', type: 'aws_account', name: 'me', values: { id: '1' } }

t.test('resources of all modules stand by type and address', async (t) => {
  const document = documentOf({
    format_version: '1.0',
    terraform_version: '1.11.4',
    values: {
      outputs: { url: { sensitive: false, value: 'http://x', type: 'string' }, key: { sensitive: true, value: 'abc' } },
      root_module: {
        resources: [bucket(0), bucket(1), bucket(1, { deposed_key: 'abc' }), account],
        child_modules: [{ address: 'module.db', resources: [password] }],
      },
    },
  })
  const { state, masked, objectPaths, pointer, unreadable } = projectTerraform(document)
  const { address, type } = password
  t.strictSame(ordinary(state), {
    resources: {
      aws_s3_bucket: Object.fromEntries(
        [0, 1].map((index) => [
          `aws_s3_bucket.logs[${index}]`,
          {
            address: `aws_s3_bucket.logs[${index}]`,
            mode: 'managed',
            type: 'aws_s3_bucket',
            name: 'logs',
            index,
            provider: 'registry.terraform.io/hashicorp/aws',
            values: { bucket: `logs-${index}`, acl: 'private' },
          },
        ]),
      ),
      random_password: {
        [address]: {
          address,
          mode: 'managed',
          type,
          name: 'admin',
          index: 'a.b',
          values: { length: 20, result: '<masked>', deep: { host: 'h' } },
        },
      },
    },
    data: { aws_account: { 'data.aws_account.me': { ...account, values: { id: '1' } } } },
    outputs: { url: { value: 'http://x', type: 'string' }, key: { value: '<masked>' } },
  })
  const values = ['resources', type, address, 'values']
  t.strictSame(masked, [
    ['outputs', 'key', 'value'],
    [...values, 'deep', 'port'],
    [...values, 'numbers'],
    [...values, 'result'],
  ])
  t.equal(objectPaths.length, 6)
  t.strictSame(unreadable, [])
  const child = ['values', 'root_module', 'child_modules', '0', 'resources', '0']
  t.strictSame(pointer([...values, 'length']), [...child, 'values', 'length'])
  t.strictSame(pointer(['resources', type, address, 'provider']), [...child, 'provider'])
  t.strictSame(pointer(['outputs', 'url', 'value']), ['values', 'outputs', 'url', 'value'])
  t.equal(pointer(['resources', type]), undefined)
})

t.test('of a plan it is what there will be; what nobody knows yet is undecided', async (t) => {
  const { state, masked, pointer } = projectTerraform(
    documentOf({
      format_version: '1.2',
      planned_values: { outputs: { id: { sensitive: false } }, root_module: { resources: [bucket(0)] } },
      resource_changes: [
        {
          address: 'aws_s3_bucket.logs[0]',
          change: { after_unknown: { arn: true, tags: { x: true, y: false }, list: [true] } },
        },
        { address: 'aws_s3_bucket.logs[0]', deposed: 'x', change: { after_unknown: { gone: true } } },
      ],
      output_changes: { id: { after_unknown: true } },
      prior_state: { values: { root_module: { resources: [account, bucket(7)] } } },
    }),
  )
  const values = ['resources', 'aws_s3_bucket', 'aws_s3_bucket.logs[0]', 'values']
  t.strictSame(masked, [
    ['outputs', 'id', 'value'],
    [...values, 'arn'],
    [...values, 'list'],
    [...values, 'tags', 'x'],
  ])
  t.match(ordinary(state), { data: { aws_account: { 'data.aws_account.me': { values: { id: '1' } } } } })
  t.notMatch(toJson(state), /logs-7/)
  t.strictSame(pointer(['data', 'aws_account', 'data.aws_account.me', 'values', 'id']), [
    ...['prior_state', 'values', 'root_module', 'resources', '0', 'values', 'id'],
  ])
})

t.test('an empty state is a tree of nothing; what is none says what to do', async (t) => {
  const empty = { resources: {}, data: {}, outputs: {} }
  t.strictSame(ordinary(projectTerraform(documentOf({ format_version: '1.0' })).state), empty)
  const wrong = (data: Data): readonly string[] =>
    projectTerraform(documentOf(data)).unreadable.map(({ message }) => message)
  const asked = '`terraform show -json` of a state or a plan was expected'
  t.strictSame(wrong([]), [`this is no map: ${asked}`])
  t.strictSame(wrong({ services: {} }), [`there is no \`format_version\`: ${asked}`])
  t.strictSame(wrong({ version: 4, terraform_version: '1', lineage: 'x', resources: [] }), [
    `this is a state as Terraform keeps it: ${asked}`,
  ])
  const root = (root_module: Data): Data => ({ format_version: '1.0', values: { root_module, outputs: { a: 1 } } })
  t.strictSame(wrong(root({ resources: [{}, 3], child_modules: [null, 4, { resources: {} }] })), [
    'a resource was expected: a map with `address`, `mode` and `type`',
    'a resource was expected: a map with `address`, `mode` and `type`',
    'a module was expected: a map with `resources`',
    '`resources` must be a list',
    'an output was expected: a map with `value`',
  ])
})

t.test('no document makes it stumble', async (t) => {
  const labels = fc.constantFrom(
    'root_module',
    'resources',
    'child_modules',
    'address',
    'type',
    'values',
    '__proto__',
    'sensitive_values',
    'outputs',
  )
  const { data } = fc.letrec<{ data: Data }>((tie) => ({
    data: fc.oneof(
      { maxDepth: 7 },
      fc.constantFrom<Data[]>(null, true, 1, 'managed', 'x'),
      fc.array(tie('data'), { maxLength: 3 }),
      fc.dictionary(labels, tie('data'), { maxKeys: 4, noNullPrototype: true }),
      fc.record({
        address: fc.string(),
        mode: fc.constantFrom('managed', 'data'),
        type: fc.string(),
        values: tie('data'),
        sensitive_values: tie('data'),
      }),
    ),
  }))
  fc.assert(
    fc.property(data, data, (values, changes) => {
      const { state, objectPaths, pointer } = projectTerraform(
        documentOf({
          format_version: '1.0',
          planned_values: values,
          resource_changes: changes,
          output_changes: changes,
        }),
      )
      toJson(state)
      for (const path of objectPaths) pointer([...path, 'x'])
    }),
  )
})
