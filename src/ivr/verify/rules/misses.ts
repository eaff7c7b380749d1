import { missesAllowed } from '../../flow.ts'
import { whereIs } from '../explore.ts'
import type { Rule } from '../rule.ts'

export const missesLeadToAPerson: Rule = {
  name: 'misses-lead-to-a-person',
  says: 'Three misses in a row lead to a person; one does where callers are elder.',
  *check({ set, visits }) {
    for (const visit of visits) {
      const { flow, misses } = visit.state
      const most = missesAllowed[set.flows.get(flow)?.audience ?? 'general']
      const node = whereIs(set, visit.state)?.node
      if (misses < most || !node) continue
      const expected = `a person after ${most}`
      yield { flow, place: node.place, visit, found: `${misses} misses in a row`, expected }
    }
  },
}
