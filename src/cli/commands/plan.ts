import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { Plan, PlanHalfHour } from '../../planning/api.ts'
import type { Cli } from '../cli.ts'
import { planningWords } from '../messages/planning.ts'
import { table } from '../screen.ts'

type Given = {
  readonly from: string
  readonly csv?: boolean
  readonly day?: string
  readonly weeks?: string
  readonly until?: string
  readonly growth?: string
  readonly target?: string
  readonly within?: string
  readonly shrinkage?: string
  readonly handling?: string
  readonly patience?: string
}

export function addPlan(staff: Command, cli: Cli): void {
  const words = planningWords[cli.language]
  staff
    .command('plan')
    .description(words.about)
    .option('--from <what>', words.from, 'history')
    .option('--day <kind>', words.day)
    .option('--weeks <weeks>', words.weeks)
    .option('--until <date>', words.until)
    .option('--growth <factor>', words.growth)
    .option('--target <share>', words.target)
    .option('--within <seconds>', words.within)
    .option('--shrinkage <share>', words.shrinkage)
    .option('--handling <seconds>', words.handling)
    .option('--patience <seconds>', words.patience)
    .option('--csv', words.csv)
    .action(async (given: Given) => {
      const { planCsv, readForecast } = await import('../../planning/index.ts')
      const path = `/plan?${queryOf(given)}`
      const plan =
        given.from === 'history'
          ? await cli.hotline.get<Plan>(path)
          : await cli.hotline.post<Plan>(path, readForecast(await textOf(given.from), given.from))
      if (given.csv) cli.print(planCsv(plan).replaceAll('\r', '').trimEnd())
      else cli.answer(plan, planSaid(plan, given.from, cli).join('\n'))
    })
}

function queryOf({ from: _from, csv: _csv, within, handling, patience, ...rest }: Given): URLSearchParams {
  const all = { ...rest, soonSeconds: within, handlingSeconds: handling, patienceSeconds: patience }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value)
  return query
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new Fault({
      code: 'file-unreadable',
      place: path,
      found: reasonOf(error),
      expected: 'history, or a CSV file with the head start,calls',
    })
  })
}

/** The table with its bars fits a terminal of 80 columns. */
function planSaid(plan: Plan, path: string, { language }: Cli): readonly string[] {
  const words = planningWords[language]
  const { day, days, since, until, halfHours, most } = plan
  if (halfHours.length === 0) return [words.none(words.days[day], since, until)]
  const shown = halfHours.filter(({ calls, there }) => calls > 0 || thereOf(there) > 0)
  const widest = Math.max(1, ...shown.map(({ byA, there }) => Math.max(byA.agents, thereOf(there))))
  const rows = shown.map(halfHour => [
    ...cellsOf(halfHour),
    barOf(halfHour, barWidth / Math.max(widest, barWidth)),
  ])
  return [
    plan.from === 'own' ? words.own(path) : words.basis(words.days[day], days, since, until),
    words.aim(percent(plan.target), plan.soonSeconds, percent(plan.shrinkage)),
    '',
    table([...words.head, ''], rows),
    '',
    ...words.columns,
    plan.thereBy === 'states' ? words.bars : days > 0 ? words.barsOfTalks : words.barsAlone,
    ...(most ? [words.most(most.start, most.byC, most.byA)] : []),
  ]
}

const barWidth = 20

const cellsOf = ({ start, calls, handlingSeconds, byC, byA, predicted, seen, there }: PlanHalfHour) => [
  start,
  calls.toFixed(calls < 10 && !Number.isInteger(calls) ? 1 : 0),
  handlingSeconds === undefined ? '-' : handlingSeconds.toFixed(0),
  String(byC.agents),
  String(byA.agents),
  String(byA.rostered),
  percent(predicted),
  percent(seen),
  there === undefined ? '-' : thereOf(there).toFixed(1),
]

const thereOf = (there: PlanHalfHour['there']) => there?.working ?? there?.talking ?? 0

/** In signs that every terminal draws one column wide, whatever its script. */
function barOf({ byA: { agents }, there }: PlanHalfHour, scale: number): string {
  const [needed, had] = [Math.round(agents * scale), Math.round(thereOf(there) * scale)]
  return (
    '#'.repeat(Math.min(needed, had)) +
    '-'.repeat(Math.max(0, needed - had)) +
    '+'.repeat(Math.max(0, had - needed))
  )
}

const percent = (share: number | undefined) => (share === undefined ? '-' : `${(share * 100).toFixed(0)}%`)
