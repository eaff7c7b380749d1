import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/** Models that were learnt from kinds that people confirmed, over HTTP. */

const hits = z.object({
  first: z.int().describe('Texts whose kind was the first that was suggested'),
  firstThree: z.int().describe('Texts whose kind was among the three that are shown'),
})

export const nightFiguresSchema = z
  .object({
    texts: z.int().describe('Held-out texts: no night learns from these texts'),
    before: hits.describe('By what was in use then'),
    after: hits.describe('By this model'),
    calibrationError: z.number().describe('By how much being sure differs from being right'),
    kinds: z
      .array(
        z.object({
          kind: z.string().describe('An object of the catalogue'),
          texts: z.int(),
          isBig: z.boolean().describe('Of so many texts that a model may not be worse in it'),
          before: hits,
          after: hits,
        }),
      )
      .readonly()
      .describe('The commonest first'),
    confusion: z
      .array(z.object({ label: z.string(), taken: z.string(), times: z.int() }))
      .readonly()
      .describe('Which kind was taken for which, the commonest first'),
  })
  .describe('How a model did on texts that it has not learnt')

export const worseSchema = z
  .array(
    z.object({
      kind: z.string().describe('Absent where it is worse over all').optional(),
      of: z.enum(['first', 'firstThree']),
      before: z.int(),
      after: z.int(),
    }),
  )
  .readonly()
  .describe('In what it is worse than what was in use; of a refused one there is something')

const shownSchema = z.object({
  version: z.int().describe('1 for the first; 0 is the catalogue alone'),
  madeAtMs: ms('When it was learnt, ms since 1970'),
  learnt: z.int().describe('How many texts it learnt'),
  untilMs: ms('When the last text came that was looked at, ms since 1970'),
  state: z
    .enum(['kept', 'refused', 'erased', 'old'])
    .describe(
      'kept: may be used; refused: it was worse; erased: somebody in it was forgotten; old: many came after it',
    ),
  worse: worseSchema,
})
export const kindModelSchema = shownSchema.extend({ figures: nightFiguresSchema })
export type KindModel = Readonly<z.output<typeof kindModelSchema>>

const becauseSchema = z.enum(['learned', 'rolled-back', 'chosen', 'erased'])
export type KindModelBecause = z.output<typeof becauseSchema>

const useSchema = z.object({
  version: z.int().describe('0: the catalogue alone'),
  because: becauseSchema.describe(
    'learned: a night found it no worse; rolled-back, chosen: somebody took it; erased: somebody in the one before was forgotten',
  ),
  by: z.string(),
  atMs: ms('ms since 1970'),
})
export type KindModelUse = Readonly<z.output<typeof useSchema>>

export const kindModelListSchema = z.object({
  inUse: useSchema
    .describe('What suggests now; absent before anything was learnt: the catalogue alone')
    .optional(),
  trouble: z
    .string()
    .describe('Why this node cannot use it, so that the catalogue alone suggests; absent where it can')
    .optional(),
  models: z
    .array(
      shownSchema.extend({
        figures: nightFiguresSchema.pick({ texts: true, before: true, after: true, calibrationError: true }),
      }),
    )
    .readonly()
    .describe('The newest first'),
  uses: z.array(useSchema).readonly().describe('What was in use, the latest first'),
  next: z
    .object({
      atMs: ms('When the next night begins, ms since 1970; absent where learning is switched off').optional(),
      texts: z.int().describe('Texts with a kind that a person confirmed'),
      fresh: z.int().describe('Of them, those that no night has looked at'),
      held: z.int().describe('Of them, those that are held out'),
      least: z.int().describe('So many held-out texts it takes to learn'),
      bigKind: z.int().describe('So many of them make a kind a big one'),
    })
    .describe('What there is for the next night to learn'),
})
export type KindModelList = Readonly<z.output<typeof kindModelListSchema>>

export const kindModelParamsSchema = z.object({
  version: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647, { error: 'the number of a version' })
    .describe('Of a model; 0 is the catalogue alone'),
})
