/** What is to become of an order by the city's rules, kept by the simulation for itself: no line of the product is called. */
import {
  feedbackMs,
  type Level,
  levels,
  limits,
  marks,
  mostReturns,
  type Phones,
  personMs,
  type Urgency,
} from './rules.ts'

type ClockName = 'handling' | 'feedback' | 'dispatch' | 'sign' | 'review' | 'person' | 'help'
type Clock = {
  readonly name: ClockName
  readonly startMs: number
  limitMs: number
  /** Since when it runs, the last time; what fell due before is told then. */
  runsFromMs: number
  isDone: boolean
  told: readonly number[]
  readonly helper?: string
}
type Returned = {
  readonly from: string
  readonly target: string
  readonly sinceMs: number
  decided?: {
    readonly atMs: number
    readonly outcome: 'upheld' | 'refused' | 'withdrawn'
    readonly to: string
  }
}
export type Told = { readonly atMs: number; readonly what: string }
export type Deducted = Told & { readonly unit: string }
export type Closing = {
  readonly atMs: number
  readonly unit: string
  readonly result: 'solved' | 'explained'
  answer?: {
    readonly contacted: 'yes' | 'no'
    readonly solved: 'yes' | 'partly' | 'no'
    readonly rating: number
  }
}
type Facts = {
  readonly number: string
  readonly urgency: Urgency
  readonly category: string
  readonly ringMs: number
  readonly isElder: boolean
  /** Nobody yet where the centre has to say whose it is. */
  readonly unit: string | undefined
}

export type Book = ReturnType<typeof openBook>

const levelAt = (percent: number) => (percent >= 200 ? 3 : percent >= 150 ? 2 : percent >= 100 ? 1 : 0)
const dueOf = ({ startMs, limitMs }: Clock, percent: number) => startMs + (limitMs * percent) / 100
const centres: readonly ClockName[] = ['person', 'review']

export function openBook(facts: Facts, phones: Phones) {
  const { urgency, ringMs } = facts
  const happened: Told[] = []
  const texts: Told[] = []
  const deductions: Deducted[] = []
  const returns: Returned[] = []
  const closings: Closing[] = []
  let clocks: Clock[] = []
  let stage: 'centre' | 'waiting' | 'handling' | 'closed' = 'centre'
  let unit = facts.unit ?? ''
  let sinceMs = ringMs
  let lead: string | undefined
  let cycle = 1
  let isAppointed = false
  let extensions = 0
  let instruction: { readonly level: number; readonly startMs: number; told: readonly number[] } | undefined

  const begin = (name: ClockName, startMs: number, limitMs: number, helper?: string) => {
    clocks = clocks.filter(one => one.name !== name || one.helper !== helper)
    clocks.push({ name, startMs, limitMs, runsFromMs: startMs, isDone: false, told: [], helper })
  }
  const stop = (...names: ClockName[]) => {
    for (const one of clocks) if (names.includes(one.name)) one.isDone = true
  }
  const running = () => clocks.filter(({ isDone }) => !isDone)
  const openReturn = () => (returns.at(-1)?.decided === undefined ? returns.at(-1) : undefined)
  const owner = () => lead ?? unit
  const tell = (atMs: number, key: string, ...to: string[]) => {
    for (const phone of to) texts.push({ atMs, what: `${key} ${phone} ${facts.number}` })
  }
  const above = (percent: number) =>
    [phones.street(owner()), phones.district, phones.city].slice(0, levelAt(percent))

  function instruct(level: number, because: string, atMs: number) {
    instruction = { level, startMs: atMs, told: [] }
    happened.push({ atMs, what: `instructed ${levels[level]} ${because}` })
    const watching = [phones.street(owner()), phones.district, phones.city][level] ?? ''
    tell(atMs, 'instructed', phones.unit(owner()), watching)
  }
  /** By itself: where no level as high as that waits for an answer. */
  function rise(atMs: number, ...causes: (readonly [level: number, because: string])[]) {
    const [highest] = causes.toSorted((one, other) => other[0] - one[0])
    if (!highest || (stage !== 'waiting' && stage !== 'handling')) return
    if (instruction === undefined || instruction.level < highest[0]) instruct(...highest, atMs)
  }
  const unitsThatHadIt = () =>
    new Set([...returns.flatMap(({ from, decided }) => [from, decided?.to ?? from]), unit]).size

  /** Whom a mark of a clock is told to. */
  function tellMark({ name, helper }: Clock, percent: number, atMs: number) {
    const late = percent >= 100
    const light = late ? 'overdue' : percent >= 75 ? 'yellow' : 'reminder'
    if (helper !== undefined) {
      const all = [phones.unit(helper), phones.street(helper), phones.unit(owner()), phones.dispatch]
      const beyond = [phones.district, phones.city].slice(0, Math.max(0, levelAt(percent) - 1))
      return late
        ? tell(atMs, 'helpOverdue', ...all, ...beyond)
        : tell(atMs, 'helpWaits', phones.unit(helper))
    }
    if (name === 'person') return tell(atMs, stage === 'centre' ? 'undispatched' : light, phones.city)
    if (name === 'review' || stage === 'centre')
      return tell(
        atMs,
        name === 'review' ? 'returnWaits' : 'undispatched',
        phones.dispatch,
        ...(late ? [phones.city] : []),
      )
    if (late && stage === 'waiting' && !openReturn())
      return tell(atMs, 'unsigned', phones.unit(owner()), phones.dispatch, ...above(percent))
    tell(atMs, light, phones.unit(owner()), ...above(percent))
  }

  function tick(atMs: number) {
    const causes: (readonly [number, string])[] = []
    for (const clock of running()) {
      const reached = marks.filter(one => !clock.told.includes(one) && dueOf(clock, one) <= atMs)
      for (const percent of reached) {
        const whose = clock.helper === undefined ? clock.name : `help:${clock.helper}`
        happened.push({ atMs, what: `warned ${whose} ${percent}` })
        if (['handling', 'sign', 'feedback'].includes(clock.name) && percent >= 100)
          causes.push([levelAt(percent) - 1, 'late'])
        if (clock.name === 'handling' && (percent === 100 || percent === 200) && stage !== 'centre')
          deductions.push({ atMs, what: 'overdue', unit: owner() })
      }
      clock.told = [...clock.told, ...reached]
      const last = reached.at(-1)
      if (last !== undefined) tellMark(clock, last, atMs)
    }
    press(atMs)
    rise(atMs, ...causes)
  }

  /** An instruction that nobody answers is told of at three quarters, and rises at its end. */
  function press(atMs: number) {
    const open = instruction
    if (!open || stage === 'closed') return
    const reached = [75, 100].filter(one => !open.told.includes(one) && pressAt(open, one) <= atMs)
    open.told = [...open.told, ...reached]
    const mayRise = open.level < levels.length - 1
    for (const percent of reached)
      if (percent < 100 || !mayRise) happened.push({ atMs, what: `warned instruction ${percent}` })
    if (reached.includes(100) && mayRise) return instruct(open.level + 1, 'unanswered', atMs)
    if (reached.includes(100)) tell(atMs, 'instructionWaits', phones.unit(owner()), phones.city)
    else if (reached.includes(75)) tell(atMs, 'instructionWaits', phones.unit(owner()))
  }
  const pressAt = ({ startMs }: { readonly startMs: number }, percent: number) =>
    startMs + (limits.instruction[urgency] * percent) / 100

  function nextAt(): number {
    const ofClocks = running().flatMap(clock =>
      marks
        .filter(one => !clock.told.includes(one))
        .map(one => Math.max(clock.runsFromMs, dueOf(clock, one))),
    )
    const open = stage === 'closed' ? undefined : instruction
    const ofInstruction = [75, 100]
      .filter(one => open && !open.told.includes(one))
      .map(one => pressAt(open!, one))
    return Math.min(Number.POSITIVE_INFINITY, ...ofClocks, ...ofInstruction)
  }

  function have(whose: string, atMs: number) {
    unit = whose
    sinceMs = atMs
    begin('sign', atMs, limits.sign[urgency])
  }
  function settle(atMs: number, outcome: 'upheld' | 'refused' | 'withdrawn', to: string) {
    const open = openReturn()
    if (open) open.decided = { atMs, outcome, to }
    stop('sign', 'review')
  }

  begin('handling', ringMs, limits.handling[urgency])
  if (facts.isElder) begin('feedback', ringMs, feedbackMs)
  if (facts.unit === undefined) begin('dispatch', ringMs, limits.dispatch[urgency])
  else {
    stage = 'waiting'
    have(facts.unit, ringMs)
  }

  return {
    ...facts,
    happened,
    texts,
    deductions,
    returns,
    closings,
    now: () => ({ stage, unit: owner(), cycle, isAppointed, extensions, instruction, sinceMs }),
    openReturn,
    runs: (name: ClockName, helper?: string) =>
      running().some(one => one.name === name && one.helper === helper),
    /** Until when its unit has to have closed it. */
    dueMs: () => clocks.flatMap(one => (one.name === 'handling' ? [dueOf(one, 100)] : []))[0] ?? 0,
    /** All that falls due until then is told. */
    passes(untilMs: number) {
      for (let atMs = nextAt(); atMs <= untilMs; atMs = nextAt()) tick(atMs)
    },
    lightAt(atMs: number): 'green' | 'yellow' | 'red' {
      const own = running().filter(({ name }) => !centres.includes(name) && name !== 'help')
      const soonest = (percent: number) => Math.min(...own.map(one => dueOf(one, percent)))
      return soonest(100) <= atMs ? 'red' : soonest(75) <= atMs ? 'yellow' : 'green'
    },
    dispatched(atMs: number, to: string) {
      stage = 'waiting'
      stop('dispatch')
      have(to, atMs)
    },
    returned(atMs: number, target: string) {
      const last = returns.at(-1)
      const laySinceMs = Math.max(sinceMs, last?.from === unit ? (last.decided?.atMs ?? 0) : 0)
      returns.push({ from: unit, target, sinceMs: laySinceMs })
      stop('sign')
      begin('review', atMs, limits.review[urgency])
    },
    decided(atMs: number, outcome: 'upheld' | 'refused') {
      const open = openReturn()
      const before = unitsThatHadIt()
      const to = outcome === 'upheld' ? (open?.target ?? '') : unit
      settle(atMs, outcome, to)
      isAppointed ||= returns.length >= mostReturns
      const refused = returns.filter(one => one.from === unit && one.decided?.outcome === 'refused')
      if (outcome === 'refused' && refused.length === 2) deductions.push({ atMs, what: 'push-away', unit })
      if (outcome === 'upheld') have(to, atMs)
      else begin('sign', atMs, limits.sign[urgency])
      if (unitsThatHadIt() > before && unitsThatHadIt() >= 3) rise(atMs, [1, 'unled'])
    },
    signed(atMs: number) {
      settle(atMs, 'withdrawn', unit)
      stage = 'handling'
      lead = unit
    },
    informed() {
      stop('feedback')
    },
    lengthened(atMs: number, days: number) {
      extensions += 1
      for (const clock of clocks)
        if (clock.name === 'handling') {
          clock.limitMs += days * 24 * 3_600_000
          clock.told = clock.told.filter(percent => dueOf(clock, percent) <= atMs)
        }
    },
    asked(atMs: number, helper: string) {
      begin('help', atMs, limits.help[urgency], helper)
    },
    helped(helper: string) {
      for (const one of clocks) if (one.helper === helper) one.isDone = true
    },
    instructed(atMs: number, level: Level) {
      instruct(levels.indexOf(level), 'person', atMs)
    },
    acknowledged() {
      instruction = undefined
    },
    closed(atMs: number, result: Closing['result']) {
      closings.push({ atMs, unit: owner(), result })
      stage = 'closed'
      instruction = undefined
      stop('handling', 'feedback', 'sign', 'help')
    },
    answered(atMs: number, at: number, answer: NonNullable<Closing['answer']>) {
      const closing = closings[at - 1]
      if (!closing) throw new Error('nothing was closed')
      closing.answer = answer
      if (closing.result === 'solved' && (answer.contacted === 'no' || answer.solved === 'no'))
        deductions.push({ atMs, what: 'false-close', unit: owner() })
      if ((answer.solved !== 'no' && answer.rating < 4) || stage !== 'closed' || at !== cycle) return
      stage = 'handling'
      cycle += 1
      for (const clock of clocks)
        if (clock.name === 'handling') Object.assign(clock, { isDone: false, runsFromMs: atMs })
      if (!running().some(({ name }) => name === 'person')) begin('person', atMs, personMs)
      if (cycle - 1 >= 3) rise(atMs, [1, 'redone'])
    },
    rung() {
      stop('person')
    },
  }
}
