import { z } from 'zod'
import type { Clock } from '../../foundation/index.ts'
import { type Database, type SQL, sql } from '../../storage/index.ts'
import type { Light } from '../api.ts'
import { lightAt } from '../clocks.ts'
import type { Actor } from '../event.ts'
import { instructionCauseSchema, instructionOutcomeSchema, supervisionLevelSchema } from './api.ts'
import type { InstructionPage, InstructionQuery, SitePage, SupervisionCounts } from './listing/api.ts'

/** Lists of instructions and site checks, with one row each; a unit's reader sees that unit's only. */
export type SupervisionLists = {
  instructions(query: InstructionQuery, reader: Actor): Promise<InstructionPage>
  counts(reader: Actor): Promise<SupervisionCounts>
  sites(): Promise<SitePage>
}

const maybe = <Value extends z.ZodType>(value: Value) =>
  value.nullable().transform(found => found ?? undefined)

const about = {
  number: z.string(),
  category: z.string(),
  kind: maybe(z.string()),
  street: z.string(),
  unit: z.string(),
}
const row = z.object({
  ...about,
  seq: z.number(),
  level: supervisionLevelSchema,
  because: instructionCauseSchema,
  outcome: maybe(instructionOutcomeSchema),
  issuedAt: z.date(),
  yellowAt: z.date(),
  dueAt: z.date(),
  doneAt: z.date().nullable(),
})
type Row = z.output<typeof row>

/** The sort column of each list; a page starts after the time, number and event at which the previous one ended. */
const sorts: Readonly<
  Record<InstructionQuery['show'], { readonly by: SQL; readonly isDown: boolean; of(row: Row): Date | null }>
> = {
  open: { by: sql`i.due_at`, isDown: false, of: ({ dueAt }) => dueAt },
  problems: { by: sql`i.issued_at`, isDown: true, of: ({ issuedAt }) => issuedAt },
  done: { by: sql`i.done_at`, isDown: true, of: ({ doneAt }) => doneAt },
}
const among: Readonly<Record<InstructionQuery['show'], SQL>> = {
  open: sql`i.done_at is null`,
  problems: sql`i.because in ('redone', 'unled') and o.stage <> 'closed'`,
  done: sql`i.done_at is not null`,
}

export function createSupervisionLists({
  database,
  clock,
  ownUnit,
}: {
  readonly database: Database
  readonly clock: Clock
  /** Undefined for all units. */
  ownUnit(reader: Actor): string | undefined
}): SupervisionLists {
  const now = () => new Date(clock.now()).toISOString()
  return {
    async instructions(asked, reader) {
      const query = { ...asked, unit: ownUnit(reader) ?? asked.unit }
      const { show, limit } = query
      const { by, isDown, of } = sorts[show]
      const down = isDown ? sql` desc` : sql``
      const rows = await database.query(
        sql`select i.number, i.seq, i.level, i.because, i.unit, i.outcome, i.issued_at as "issuedAt", i.yellow_at as "yellowAt",
            i.due_at as "dueAt", i.done_at as "doneAt", o.category, o.kind, o.street
          from order_instructions i join orders o on o.number = i.number
          where ${wherefore(query, now())} order by ${by}${down}, i.number${down}, i.seq${down} limit ${limit + 1}`,
        row,
      )
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        instructions: shown.map(one => lineOf(one, clock.now())),
        next:
          rows.length > limit && last ? `${of(last)?.getTime() ?? 0}-${last.number}-${last.seq}` : undefined,
      }
    },
    counts: reader => countsOf(database, ownUnit(reader), now()),
    async sites() {
      const sites = await database.query(
        sql`select s.number, s.seq, s.unit, s.asked_at as "askedAt", s.due_at as "dueAt", o.category, o.kind, o.street
          from order_site_checks s join orders o on o.number = s.number
          where s.done_at is null order by s.due_at, s.number, s.seq limit 200`,
        z.object({ ...about, seq: z.number(), askedAt: z.date(), dueAt: z.date().nullable() }),
      )
      return {
        sites: sites.map(({ askedAt, dueAt, ...one }) => ({
          ...one,
          askedAtMs: askedAt.getTime(),
          dueAtMs: dueAt?.getTime(),
        })),
      }
    },
  }
}

function wherefore({ show, level, light, unit, after }: InstructionQuery, now: string): SQL {
  const lights: Readonly<Record<Light, SQL>> = {
    red: sql`i.due_at <= ${now}`,
    yellow: sql`i.yellow_at <= ${now} and i.due_at > ${now}`,
    green: sql`i.yellow_at > ${now}`,
  }
  const { by, isDown } = sorts[show]
  const [at = '', number = '', seq = ''] = after?.split('-') ?? []
  const place = sql`(${new Date(Number(at)).toISOString()}::timestamptz, ${number}, ${Number(seq)}::int)`
  return sql.join(
    [
      among[show],
      ...(level === undefined ? [] : [sql`i.level = ${level}`]),
      ...(light === undefined ? [] : [sql`i.done_at is null and ${lights[light]}`]),
      ...(unit === undefined ? [] : [sql`i.unit = ${unit}`]),
      ...(after === undefined ? [] : [sql`(${by}, i.number, i.seq) ${isDown ? sql`<` : sql`>`} ${place}`]),
    ],
    sql` and `,
  )
}

function lineOf(
  { issuedAt, yellowAt, dueAt, doneAt, ...one }: Row,
  nowMs: number,
): InstructionPage['instructions'][number] {
  const marks = { yellowAtMs: yellowAt.getTime(), redAtMs: dueAt.getTime() }
  return {
    ...one,
    issuedAtMs: issuedAt.getTime(),
    dueAtMs: dueAt.getTime(),
    doneAtMs: doneAt?.getTime(),
    light: doneAt ? undefined : lightAt(marks, nowMs),
  }
}

const counted = z.coerce.number()

async function countsOf(
  database: Database,
  unit: string | undefined,
  now: string,
): Promise<SupervisionCounts> {
  const own = unit === undefined ? sql`true` : sql`unit = ${unit}`
  const [levels, [others]] = await Promise.all([
    database.query(
      sql`select level, count(*) filter (where yellow_at > ${now}) as green,
          count(*) filter (where yellow_at <= ${now} and due_at > ${now}) as yellow,
          count(*) filter (where due_at <= ${now}) as red
        from order_instructions where done_at is null and ${own} group by level`,
      z.object({ level: supervisionLevelSchema, green: counted, yellow: counted, red: counted }),
    ),
    database.query(
      sql`select
          (select count(distinct i.number) from order_instructions i join orders o on o.number = i.number
            where i.because in ('redone', 'unled') and o.stage <> 'closed' and ${unit === undefined ? sql`true` : sql`i.unit = ${unit}`}) as problems,
          (select count(*) from order_site_checks where done_at is null and ${own}) as sites,
          (select count(*) from order_site_checks where done_at is null and due_at <= ${now} and ${own}) as "lateSites"`,
      z.object({ problems: counted, sites: counted, lateSites: counted }),
    ),
  ])
  const none = { green: 0, yellow: 0, red: 0 }
  const of = (level: keyof SupervisionCounts['levels']) => {
    const { level: _, ...lights } = levels.find(one => one.level === level) ?? { level, ...none }
    return lights
  }
  return {
    levels: { street: of('street'), district: of('district'), city: of('city') },
    problems: others?.problems ?? 0,
    sites: others?.sites ?? 0,
    lateSites: others?.lateSites ?? 0,
  }
}
