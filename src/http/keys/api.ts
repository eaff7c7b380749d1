import { z } from 'zod'

export const keyNames = ['api-token', 'session-key', 'ledger-key'] as const

export const keySchema = z
  .object({
    name: z.enum(keyNames),
    from: z.enum(['file', 'environment']).describe('Where it is: a file in DATA_DIR, or a setting'),
    changedAtMs: z.number().describe('When its file was written last, ms since 1970').optional(),
    older: z.int().describe('How many before it still open what they have sealed'),
    takesHold: z.enum(['at-once', 'next-start']).describe('When another one in its place takes hold'),
  })
  .describe('A key of this installation; never the key itself')
export type KeyShown = z.output<typeof keySchema>

export const keyListSchema = z.object({ keys: z.array(keySchema).readonly() })
export const keyParamsSchema = z.object({
  name: z.enum(keyNames, { error: `one of ${keyNames.join(', ')}` }),
})
export const rotationSchema = z.object({
  forget: z
    .boolean()
    .default(false)
    .describe('Whether those before it go: what they have sealed opens no more'),
})
