import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { orderTypeSchema } from '../../../src/orders/api.ts'
import { lackKinds } from '../../../src/orders/checking/api.ts'

/** A closing as units write them, and what a reader of the centre finds lacking in it. Written for these tests; no city's own. */
const writtenSchema = z.object({
  type: orderTypeSchema,
  result: z.string(),
  lacks: z
    .string()
    .transform(lacks => lacks.split(' ').filter(Boolean))
    .pipe(z.array(z.enum(lackKinds))),
  matter: z.string(),
  words: z.string(),
})
export type Written = z.output<typeof writtenSchema>

const [, ...lines] = readFileSync(join(import.meta.dirname, 'written.tsv'), 'utf8')
  .trim()
  .split('\n')

const of = (set: string): readonly Written[] =>
  lines
    .map(line => line.split('\t'))
    .filter(([first]) => first === set)
    .map(([, type, result, lacks, matter, words]) =>
      writtenSchema.parse({ type, result, lacks, matter, words }),
    )

/** By these the rules were made. */
export const tried = of('tried')
/** Written after the rules, to measure them: nothing was changed for one of these. */
export const heldOut = of('held-out')
