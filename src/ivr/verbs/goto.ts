import { z } from 'zod'
import { goToFlow, type Verb } from '../verb.ts'
import { name } from '../vocabulary.ts'

const schema = z.strictObject({ flow: name.describe('The flow that goes on; it does not come back.') })

export const goto: Verb<z.output<typeof schema>> = {
  name: 'goto',
  formerName: 'call',
  about: 'Goes on in another flow, and does not come back.',
  schema,
  prompts: () => [],
  edges: options => [{ label: 'goes on in', path: ['flow'], flow: options.flow }],
  enter: options => goToFlow(options.flow),
  hear: () => undefined,
}
