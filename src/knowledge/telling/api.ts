import { z } from 'zod'
import { ms, phoneNumber } from '../../foundation/schema.ts'
import { knowledgeUsedSchema } from '../api.ts'

/** How an answer reaches a citizen: read out, sent, or cited in the order that it closes. */

const call = z
  .string({ error: 'the id of a call' })
  .min(1, { error: 'the id of a call' })
  .max(64, { error: 'the id of a call' })
const version = z.int({ error: 'the number of a version' }).min(1).describe('The version that is told')

export const knowledgeReadOutBody = z.strictObject({
  version,
  call: call.describe('The call that the seat of whoever asks is in'),
})
export const knowledgeHushBody = z.strictObject({ call })
export const knowledgeSmsBody = z.strictObject({
  version,
  call: call.describe('The call that it is about: it goes to the number that rang').optional(),
  number: phoneNumber.describe('Where they want it, in place of the number that rang').optional(),
})
export type KnowledgeSms = Readonly<z.input<typeof knowledgeSmsBody>>

export const knowledgeToldSchema = knowledgeUsedSchema.extend({ durationMs: ms('How long it takes to say') })
export type KnowledgeTold = Readonly<z.output<typeof knowledgeToldSchema>>

/** How an order keeps which answer was given: the entry and its version. */
export const citationPattern = /^(know_\w{1,58})@(\d{1,5})$/
