/** Where an API server finds us: an address, or a service in its cluster. */
export type WebhookTarget =
  | { readonly url: string }
  | { readonly service: { readonly namespace: string; readonly name: string; readonly port: number } }

/** What a webhook is to ask. */
export interface WebhookQuestion {
  readonly workspace: string
  readonly environment: string
  readonly undecided: 'allow' | 'deny'
  readonly target: WebhookTarget
  /** Certificates in PEM that the server's is judged by; absent: those that the API server trusts. */
  readonly ca?: string
}

/** Leases and events come by the thousand, and reviews are questions: nobody demands anything of them. (CEL; Kubernetes 1.28 or later.) */
const desiredByPeople =
  '!(request.resource.group in ["authentication.k8s.io", "authorization.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io"] || request.resource.resource in ["endpoints", "events"])'

/**
 * A ValidatingWebhookConfiguration that asks about every object of every kind, itself and not its subresources, outside of kube-system; where we
 * cannot be reached, objects come in.
 */
export function webhookConfiguration({ workspace, environment, undecided, target, ca }: WebhookQuestion): object {
  const path = `/v1/workspaces/${workspace}/admission/${encodeURIComponent(environment)}/${undecided}`
  const name = environment
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: `congruent-${workspace}-${name}` },
    webhooks: [
      {
        name: `${name}.${workspace}.congruent.dev`,
        admissionReviewVersions: ['v1'],
        clientConfig: {
          ...('url' in target ? { url: target.url + path } : { service: { ...target.service, path } }),
          ...(ca === undefined ? {} : { caBundle: Buffer.from(ca).toString('base64') }),
        },
        failurePolicy: 'Ignore',
        matchConditions: [{ name: 'desired-by-people', expression: desiredByPeople }],
        matchPolicy: 'Equivalent',
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
        rules: [
          {
            apiGroups: ['*'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
            // Without a slash these are objects alone, and not what hangs below them.
            resources: ['*'],
            scope: '*',
          },
        ],
        sideEffects: 'None',
        timeoutSeconds: 5,
      },
    ],
  }
}
