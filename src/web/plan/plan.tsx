import './plan.css'
import { useMemo } from 'react'
import type { Plan, PlanHalfHour } from '../../planning/api.ts'
import { Chart, useColours } from '../design/chart.tsx'
import { Figures } from '../design/figures.tsx'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { ConditionsForm, useConditions } from './conditions.tsx'
import { ShiftRows } from './shifts.tsx'
import { stepsOption } from './steps.ts'
import { usePlan } from './use-plan.ts'
import { dayWords, percentOf, words } from './words.ts'

/** How many people each half-hour takes, beside who was there; and who was there when. */
function PlanPage() {
  const { conditions, change, query } = useConditions()
  const { plan, trouble } = usePlan(query)
  const known = {
    target: plan && String(Number((plan.target * 100).toFixed(2))),
    soon: plan && String(plan.soonSeconds),
    shrinkage: '0',
    growth: '0',
  }
  return (
    <div className="board plan">
      <section className="card wide" aria-label={words.plan}>
        <ConditionsForm conditions={conditions} change={change} known={known} />
        <Trouble text={trouble} />
        {plan ? (
          <p className="quiet">{words.basis(plan)}</p>
        ) : (
          trouble === '' && <p role="status">{words.asking}</p>
        )}
        {plan && <Summary plan={plan} />}
      </section>
      {plan && plan.halfHours.length > 0 && (
        <>
          <Steps plan={plan} />
          <HalfHours plan={plan} csv={csvOf(query)} />
        </>
      )}
      <ShiftRows />
    </div>
  )
}

function csvOf(query: object | undefined): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) asked.set(name, String(value))
  return `/api/plan/csv?${asked}`
}

const isShort = ({ byA, there }: PlanHalfHour) => there?.working !== undefined && there.working < byA.agents
const shortOf = ({ halfHours }: Plan) => halfHours.filter(isShort).length

function Summary({ plan }: { readonly plan: Plan }) {
  const { day, halfHours, most, thereBy } = plan
  if (!most) return <p>{words.none(dayWords[day])}</p>
  const busiest = halfHours.find(({ start }) => start === most.start)
  const hours = halfHours.reduce((sum, { byA }) => sum + byA.agents / 2, 0)
  return (
    <Figures
      figures={[
        [words.most, most.start],
        [words.mostC, most.byC],
        [words.mostA, most.byA],
        [words.rostered, busiest?.byA.rostered ?? 0],
        [words.hours, hours],
        ...(thereBy === 'states' ? [[words.short, shortOf(plan)] as const] : []),
      ]}
    />
  )
}

function Steps({ plan }: { readonly plan: Plan }) {
  const colours = useColours()
  const option = useMemo(() => stepsOption(plan, colours), [plan, colours])
  const said = words.chartSaid(plan.most?.start ?? '—', plan.most?.byA ?? 0, shortOf(plan))
  return (
    <section className="card wide" aria-label={words.chart}>
      <h2>{words.chart}</h2>
      <Chart option={option} name={said} height="22rem" />
      {plan.thereBy === 'calls' && <p className="quiet">{words.byCalls}</p>}
    </section>
  )
}

function HalfHours({ plan, csv }: { readonly plan: Plan; readonly csv: string }) {
  const there = plan.thereBy === 'states' ? words.there : words.talking
  const columns: readonly (readonly [string, (one: PlanHalfHour) => string | number])[] = [
    [words.calls, ({ calls }) => Math.round(calls * 10) / 10],
    [words.seconds, ({ handlingSeconds }) => handlingSeconds?.toFixed(0) ?? '—'],
    [words.c, ({ byC }) => byC.agents],
    [words.a, ({ byA }) => byA.agents],
    [words.rostered, ({ byA }) => byA.rostered],
    [words.level, ({ byA }) => percentOf(byA.level)],
    [words.abandons, ({ byA }) => percentOf(byA.abandons)],
    [there, one => (one.there?.working ?? one.there?.talking)?.toFixed(1) ?? '—'],
    [words.predicted, ({ predicted }) => percentOf(predicted)],
    [words.seen, ({ seen }) => percentOf(seen)],
  ]
  return (
    <section className="card wide" aria-label={words.table}>
      <div className="head">
        <h2>{words.table}</h2>
        <a className="button" href={csv} download>
          {words.csv}
        </a>
      </div>
      <p className="quiet">{words.legend}</p>
      <Table
        caption={words.table}
        head={[words.start, ...columns.map(([name]) => ({ figures: name }))]}
        rows={plan.halfHours.map(one => ({
          key: one.start,
          cells: [one.start, ...columns.map(([, show]) => show(one))],
          marks: { 'data-short': isShort(one) },
        }))}
        narrow="cards"
      />
    </section>
  )
}

showPage({ 'zh-CN': '排班测算', en: 'Staff plan' }, <SignedIn>{() => <PlanPage />}</SignedIn>)
