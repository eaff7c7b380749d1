import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import { runs } from '../store.ts'
import type { UnitPeople } from './api.ts'

const count = z.coerce.number()
const row = z.object({ person: z.string(), running: count, waiting: count, yellow: count, red: count })

/** Reads only the unit's part of one index (`orders_of_person`). */
export const countPeople = (queries: Queries, unit: string, nowMs: number): Promise<UnitPeople['people']> => {
  const now = new Date(nowMs).toISOString()
  return queries.query(
    sql`select coalesce(assignee, '') as person, count(*) as running,
        count(*) filter (where stage = 'waiting') as waiting,
        count(*) filter (where yellow_at <= ${now} and red_at > ${now}) as yellow,
        count(*) filter (where red_at <= ${now}) as red
      from orders where unit = ${unit} and ${runs}
      group by assignee order by red desc, yellow desc, running desc, person`,
    row,
  )
}
