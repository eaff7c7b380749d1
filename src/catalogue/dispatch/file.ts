import { z } from 'zod'

/** The file `dispatch.json`. Rows may hold the readable id that we write, which is derived from their contents. */

const unitMeant = z.string({ error: 'a unit' }).regex(/^(@street|@district|[a-z0-9][a-z0-9-]{0,63})$/, {
  error: 'a unit of units.json, @street or @district',
})
const date = z.iso.date({ error: 'a day, as 2026-01-05' })
const place = z.string({ error: 'a name' }).max(32, { error: 'at most 32 characters' })
const code = z.string({ error: 'a code' }).regex(/^(\d\d){0,4}$/, {
  error: '2, 4, 6 or 8 digits: the beginning of a code; nothing for all kinds',
})

export const dispatchRowSchema = z
  .strictObject({
    id: z.string().optional(),
    kind: code.default(''),
    district: place.default(''),
    street: place.default(''),
    lead: unitMeant,
    coUnits: z.array(unitMeant).max(10, { error: 'at most 10' }).default([]),
    copies: z.array(unitMeant).max(10, { error: 'at most 10' }).default([]),
    from: date.optional(),
    until: date.optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    error: 'a day that is not before the first',
  })
  .refine(({ district, street }) => street === '' || district !== '', {
    path: ['district'],
    error: 'the district of the street',
  })
  .transform(({ id: _, ...row }) => row)

const share = z
  .number({ error: 'a share, 0 to 1' })
  .min(0, { error: 'a share, 0 to 1' })
  .max(1, { error: 'a share, 0 to 1' })
export const automaticSchema = z
  .strictObject({
    kinds: z.record(code, share).default({}),
    share: share.default(0.05),
  })
  .prefault({})

export const dispatchFile = z.strictObject({
  automatic: automaticSchema,
  rows: z.array(dispatchRowSchema).max(50_000, { error: 'at most 50,000 rows' }).default([]),
})

export type WrittenDispatch = z.input<typeof dispatchFile>
