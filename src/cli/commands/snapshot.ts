import { adapterNames } from '../../model/workspace.ts'
import type { Command } from '../command.ts'
import { quietOption, skipHooksOption } from '../options.ts'

/** `congruent snapshot`: what an observer sees, as a document. */
export const snapshot: Command = {
  summary: 'write down what is there as a snapshot: from a cluster, or from files of any form',
  arguments: [
    {
      name: '[file...]',
      description: 'what is seen; `-` is standard input; none with `--from kubernetes`: a live cluster',
    },
  ],
  options: [
    {
      flags: '--from <form>',
      description: 'what it is made of',
      choices: adapterNames.filter((name) => name !== 'snapshot'),
    },
    {
      flags: '-o, --out <file>',
      description: 'the file that is replaced, or a folder (`DIR/`) that gets a file for each; `-` is standard output',
      default: '-',
    },
    { flags: '--observer <name>', description: 'who sees it; default: the context of the kubeconfig, else the form' },
    {
      flags: '--sequence <number>',
      description:
        "the observer's own counter; default: one more than the snapshot in --out, else the clock's milliseconds",
    },
    { flags: '-e, --environment <name>', description: 'what is observed' },
    { flags: '--at <path>', description: 'where the state is put' },
    {
      flags: '--covers <what>',
      description:
        'where absence in files is evidence: all, objects, kinds, or a path pattern; repeatable; default: all',
      repeatable: true,
    },
    {
      flags: '--namespace <name>',
      description:
        'of files: the namespace of objects that name none; of a cluster: read this one, and kinds of the whole cluster only if they are named; repeatable',
      repeatable: true,
    },
    skipHooksOption,
    {
      flags: '--mask <pattern>',
      description: 'a path pattern whose values are hidden, as those of Secrets are; repeatable',
      repeatable: true,
    },
    { flags: '--context <name>', description: 'context of the kubeconfig; default: its current one' },
    {
      flags: '--kubeconfig <file>',
      description: 'default: KUBECONFIG, else ~/.kube/config, else the pod that this runs in',
    },
    {
      flags: '--kinds <names>',
      description:
        'kinds of the cluster, with commas between them; default: all but what comes and goes by itself (Event, Lease, EndpointSlice, …); repeatable',
      repeatable: true,
    },
    { flags: '--watch', description: 'write a new one whenever the cluster has changed, until Ctrl-C' },
    { flags: '--timeout <duration>', description: 'how long one answer of the cluster may take', default: '60s' },
    quietOption,
  ],
  examples: [
    ['congruent snapshot --from kubernetes --out cluster.json', 'a live cluster, as kubectl would find it'],
    [
      'congruent snapshot --from kubernetes --context prod --namespace shop --kinds deploy,svc,Ingress --watch --out seen/',
      'some kinds in one namespace, a file for each change',
    ],
    ['kubectl get deploy,svc -A -o json | congruent snapshot --from kubernetes --covers kinds -', 'what kubectl lists'],
    [
      'terraform show -json | congruent snapshot --from terraform -e prod - | congruent observe --workspace shop -',
      'a state, recorded on a server',
    ],
  ],
  async run(context, flags, files) {
    const { takeSnapshot } = await import('../snapshots/take-snapshot.ts')
    return takeSnapshot(context, flags, files)
  },
}
