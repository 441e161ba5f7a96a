import type { Finding } from '../../src/model/finding.ts'

/** A finding with something in every member that is always there. */
export function finding(given: Partial<Finding> = {}): Finding {
  const {
    kind = 'mismatch',
    environment = 'prod',
    path = ['services', 'web', 'replicas'],
    rule = { id: 'HA-1' },
  } = given
  return {
    fingerprint: [environment, kind, ...path, rule.id].join('/'),
    environment,
    kind,
    outcome: 'violates',
    severity: 'error',
    rule,
    path,
    at: path.join('.'),
    message: 'invalid value 1 (out of bound >=2)',
    conjuncts: [],
    observations: [],
    teams: ['sre'],
    ...given,
  }
}
