import { z } from 'zod'
import { type Database, type Forgetter, type Holding, type Sweep, sql } from '../storage/index.ts'

export const trailHoldings: readonly Holding[] = [
  {
    name: 'trail',
    title: { 'zh-CN': '审计日志里的号码记号', en: 'Marks in the audit trail' },
    what: 'who looked at whose data; of a number a mark that only this house’s key makes',
    kept: 'trail',
  },
]

const entryRow = z.record(z.string(), z.unknown())

/** The law requires the trail, and a mark does not reveal a number: entries are not erased before their time. */
export const forgetsTrail = (
  database: Database,
  mark: (number: string) => string,
  sweep: Sweep['sweep'],
): readonly Forgetter[] => [
  {
    name: 'trail',
    export: ({ forms: [number = ''] }) =>
      database.query(
        sql`select at, act, outcome, role, about from trail where whose <> '' and whose = ${mark(number)} order by at`,
        entryRow,
      ),
    forget: async () => ({ count: 0 }),
    sweeps: [{ kind: 'trail', sweep }],
  },
]
