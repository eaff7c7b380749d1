import type { ReturnShown } from '../../orders/returning/api.ts'
import { groundWords, returnOutcomeWords, returnWords as w } from '../words/orders.ts'
import { type Column, type FileSaid, fileOf, timeIn } from './export.ts'

const unit = (id: string | undefined, { rules }: FileSaid) =>
  id === undefined ? '' : (rules.units.get(id)?.name ?? id)
const time = (ms: number | undefined, said: FileSaid) => (ms === undefined ? '' : timeIn(said, ms))

function ground(id: string, { rules, language }: FileSaid): string {
  const known = rules.grounds.get(id)
  if (known) return language === 'en' ? known.english : known.name
  return Object.entries(groundWords).find(([other]) => other === id)?.[1][language] ?? id
}

const columns: readonly Column<ReturnShown>[] = [
  [w.number, 16, ({ number }) => number],
  [w.way, 40, ({ way }, said) => way.map(one => unit(one, said)).join(' → ')],
  [w.from, 18, ({ from }, said) => unit(from, said)],
  [w.target, 18, ({ target }, said) => unit(target, said)],
  [w.ground, 20, (one, said) => ground(one.ground, said)],
  [w.sinceAt, 19, ({ sinceMs }, said) => time(sinceMs, said)],
  [w.askedAt, 19, ({ askedAtMs }, said) => time(askedAtMs, said)],
  [w.siteAt, 19, ({ siteAtMs }, said) => time(siteAtMs, said)],
  [w.outcome, 12, ({ outcome }, { language }) => outcome && returnOutcomeWords[outcome][language]],
  [w.decidedAt, 19, ({ decidedAtMs }, said) => time(decidedAtMs, said)],
  [w.to, 18, ({ to }, said) => unit(to, said)],
  [w.lost, 10, ({ lostMs }) => Math.round(lostMs / 36_000) / 100],
]

/** The ledger of returns as a file. */
export const returnFile = (
  format: 'csv' | 'xlsx',
  pages: AsyncIterable<readonly ReturnShown[]>,
  said: FileSaid,
) => fileOf(format, w.ledger, columns, pages, said)
