import { z } from 'zod'
import { count, type GroupValues } from './values.ts'

const expected = 'a time of day such as 03:30, or off'

/** What suggestions of kinds learn from what agents take. */
export const learningSettings = {
  /** When each night learns, by the city's clocks; `off`: never. */
  LEARN_AT: z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|off)$/, { error: expected })
    .default('03:30')
    .transform(text => (text === 'off' ? undefined : Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))),
  /** So many held-out texts make a kind a big one: a model that is worse in a big kind than the one in use is refused. */
  LEARN_BIG_KIND: count(20, 1, 10_000),
  /** So many held-out texts it takes to learn at all. */
  LEARN_LEAST: count(50, 1, 10_000),
}

export const learningOf = ({
  LEARN_AT,
  LEARN_BIG_KIND,
  LEARN_LEAST,
}: GroupValues<typeof learningSettings>) => ({
  atMinute: LEARN_AT,
  rules: { bigKind: LEARN_BIG_KIND, least: LEARN_LEAST },
})
