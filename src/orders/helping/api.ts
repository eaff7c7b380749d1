import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/** Tasks of co-units, over HTTP. */

export const coTaskSchema = z
  .object({
    seq: z.int().describe('The event in which it was asked: its words are the task'),
    unit: z.string(),
    askedAtMs: ms('ms since 1970'),
    dueAtMs: ms(
      'Until when it has to have answered; absent where it was asked before there were limits',
    ).optional(),
    contact: z
      .object({ person: z.string(), phone: z.string() })
      .describe('Whom the lead can ask; absent until the unit has named somebody')
      .optional(),
    answerSeq: z.int().describe('The event in which it answered').optional(),
    doneAtMs: ms('When it answered, or was asked no longer; absent while it runs').optional(),
    lateMs: ms('By how much it was missed, or is being missed; 0 in time'),
  })
  .describe('A task of a unit that helps')
