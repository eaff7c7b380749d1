import { noticesOf } from '../../notices.ts'
import { whereIs } from '../explore.ts'
import type { Rule } from '../rule.ts'

export const whoIsRecordedIsTold: Rule = {
  name: 'who-is-recorded-is-told',
  says: 'Where flows say that conversations are recorded, nobody comes to the queue for a person before they say it, in any language.',
  *check({ set, visits }) {
    for (const [prompt, { flow, missing }] of noticesOf(set)) {
      const node = [...(set.flows.get(flow)?.nodes.values() ?? [])].find(
        ({ name }) => prompt === `${flow}-${name}` || prompt.startsWith(`${flow}-${name}-`),
      )
      if (missing.length > 0 && node)
        yield {
          flow,
          place: node.place,
          found: `"${node.name}" without {recorded} in ${missing.join(', ')}`,
          expected: 'the sentence in every language',
        }
    }
    for (const visit of visits)
      for (const { input, effects, done, end } of visit.moves) {
        if (done.isTold || !effects.some(({ kind }) => kind === 'queue')) continue
        const node = whereIs(set, end.state)?.node
        if (!node) continue
        yield {
          flow: end.state.flow,
          place: node.place,
          visit,
          further: [input],
          found: `"${node.name}" before anything says {recorded}`,
          expected: 'a sentence with {recorded} on every way there, or in its own prompt',
        }
      }
  },
}
