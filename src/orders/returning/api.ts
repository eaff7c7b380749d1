import { z } from 'zod'

/** Returns over HTTP: what may become of one. */

export const returnOutcomeSchema = z
  .enum(['direct', 'upheld', 'refused', 'withdrawn'])
  .describe(
    'upheld: the order went to another unit; refused: the unit keeps it; withdrawn: the unit signed after all; direct: it went on at once, before returns were reviewed',
  )
export type ReturnOutcome = z.output<typeof returnOutcomeSchema>

export const returnDecisionSchema = z.enum(['upheld', 'refused', 'site'], {
  error: 'one of upheld, refused, site',
})
