/** The desk itself, over hours that take none, beside what Erlang A predicts of them. */
import { expect, it } from 'vitest'
import { ordinaryRules } from '../../src/desk/index.ts'
import { byErlangA } from '../../src/planning/index.ts'
import { type Arrival, createDice, type Outcome, simulateDay } from '../support/queue-day.ts'

const seatsOf = (count: number, skills: (index: number) => readonly string[] = () => []) =>
  Array.from({ length: count }, (_, index) => ({ name: `s${index}`, skills: skills(index) }))

/** Ten seconds of work on a small machine that has other things to do. */
const atMostMs = 120_000

it(
  'answers and loses as many as Erlang A predicts, where its assumptions hold',
  async () => {
    const [count, hours, agents] = [5_000, 5, 54]
    const traffic = { calls: count, seconds: hours * 3600, handlingSeconds: 180, patienceSeconds: 120 }
    const dice = createDice(7)
    let atMs = 0
    const arrivals = Array.from({ length: count }, (): Arrival => {
      atMs += dice.exponential((hours * 3_600_000) / count)
      return {
        atMs,
        kind: 'all',
        priority: 0,
        skills: [],
        patienceMs: dice.exponential(120_000),
        handlingMs: dice.exponential(180_000),
      }
    })
    const { outcomes, overtaken, desk } = await simulateDay({
      arrivals,
      seats: seatsOf(agents),
      staff: [{ fromMs: 0, seats: agents }],
      rules: ordinaryRules,
    })
    expect(outcomes).toHaveLength(count)
    expect([overtaken, desk.watchdog.overlooked, desk.waiting]).toEqual([0, 0, 0])
    const answered = outcomes.filter(({ isAnswered }) => isAnswered)
    expect(desk.ends).toMatchObject({
      served: answered.length,
      abandoned: count - answered.length,
      failed: 0,
    })

    const predicted = byErlangA(traffic, agents, 15)
    const level = answered.filter(({ waitMs }) => waitMs <= 15_000).length / count
    expect(level / predicted.level).toBeGreaterThan(0.95)
    expect(level / predicted.level).toBeLessThan(1.05)
    expect(Math.abs(1 - answered.length / count - predicted.abandons)).toBeLessThan(0.01)
  },
  atMostMs,
)

it(
  'keeps the order among callers alike, and serves elder callers sooner without starving the others',
  async () => {
    const dice = createDice(11)
    let atMs = 0
    const arrivals = Array.from({ length: 1_500 }, (): Arrival => {
      atMs += dice.exponential(2_000)
      const isElder = dice.roll() < 0.3
      const isEnglish = dice.roll() < 0.1
      return {
        atMs,
        kind: `${isElder ? 'elder' : 'other'}${isEnglish ? ' en' : ''}`,
        priority: isElder ? 10 : 0,
        skills: isEnglish ? ['en'] : [],
        patienceMs: dice.exponential(600_000),
        handlingMs: dice.lognormal(100_000, 0.8),
      }
    })
    const { outcomes, overtaken, desk } = await simulateDay({
      arrivals,
      seats: seatsOf(45, index => (index % 10 === 0 ? ['en'] : [])),
      staff: [{ fromMs: 0, seats: 45 }],
      rules: ordinaryRules,
    })
    const meanOf = (kind: string) => {
      const waits = outcomes.filter(one => one.kind === kind && one.isAnswered).map(({ waitMs }) => waitMs)
      return waits.reduce((sum, wait) => sum + wait, 0) / waits.length
    }
    expect([overtaken, desk.watchdog.overlooked, desk.waiting]).toEqual([0, 0, 0])
    expect(meanOf('elder')).toBeLessThan(meanOf('other') / 2)
    // Whoever needs a language waits no longer for it: with a language insisted on for a minute, and no turn at speakers, they did.
    expect(meanOf('other en')).toBeLessThan(meanOf('other') * 1.1)
    // An elder caller may go before those who rang up to five minutes earlier, and before nobody else.
    const others = outcomes.filter(({ kind }) => kind === 'other')
    const starved = outcomes
      .filter(({ kind, isAnswered }) => kind === 'elder' && isAnswered)
      .filter(elder => others.some(other => elder.atMs - other.atMs > 300_000 && endOf(other) > endOf(elder)))
    expect(starved).toEqual([])
  },
  atMostMs,
)

const endOf = ({ atMs, waitMs }: Outcome) => atMs + waitMs
