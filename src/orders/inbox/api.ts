import { z } from 'zod'

/** How a unit's orders are spread over its people, over HTTP. */

const count = z.int().min(0)
export const personOrdersSchema = z
  .object({
    person: z.string().describe('Their name; empty for orders that nobody has been named for'),
    running: count,
    waiting: count.describe('Of them, not signed'),
    yellow: count,
    red: count,
  })
  .describe('Orders of one person that run')
export const unitPeopleSchema = z.object({
  people: z.array(personOrdersSchema).readonly().describe('Whoever has the most red ones first'),
})
export type UnitPeople = z.output<typeof unitPeopleSchema>
