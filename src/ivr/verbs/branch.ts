import { z } from 'zod'
import { dayKinds, weekdays } from '../../city/index.ts'
import type { BranchFacts, FlowState, Input } from '../turn.ts'
import { type Edge, go, stay, type Verb } from '../verb.ts'
import { hours, target } from '../vocabulary.ts'

const oneOrMore = <Item extends z.ZodType>(item: Item, error: string) =>
  z.union([item.transform(one => [one]), z.array(item)], { error })

const days = [...dayKinds, ...weekdays] as const

const condition = z.strictObject({
  elder: z.boolean({ error: 'true or false' }).optional().describe('Whether the caller is known as elder.'),
  language: z.string({ error: 'a language such as en' }).optional(),
  hours: hours.optional().describe('Time of day, such as 08:00-20:00; 20:00-08:00 goes over midnight.'),
  days: oneOrMore(z.enum(days), `a day or a list of days: ${days.join(', ')}`)
    .optional()
    .describe('Kinds of day (make-up workdays count as work), or weekdays.'),
  waitingOver: z.int({ error: 'a whole number' }).optional().describe('More callers than this are waiting.'),
  values: z
    .record(z.string(), oneOrMore(z.string(), 'text in quotes, or a list of such'))
    .optional()
    .describe('Values collected so far; caller is the number they ring from, "" when withheld.'),
})
type Condition = z.output<typeof condition>

const schema = z.strictObject({
  cases: z
    .array(z.strictObject({ when: condition, go: target }), { error: 'a list of { when: …, go: … }' })
    .describe('The first that holds decides.'),
  else: target.describe('Where it leads when no case holds.'),
})
type Options = z.output<typeof schema>

export const branch: Verb<Options> = {
  name: 'branch',
  about: 'Decides by the caller, the time, the queue, or what was collected; nothing is heard.',
  schema,
  prompts: () => [],
  edges: options => [
    ...options.cases.map(
      (one, index): Edge => ({ label: describeCase(one.when), path: ['cases', index, 'go'], to: one.go }),
    ),
    { label: 'else', path: ['else'], to: options.else },
  ],
  asks: options => options.cases.flatMap(one => Object.entries(one.when.values ?? {})),
  faults: (options, { collected }) =>
    options.cases.flatMap((one, index) =>
      Object.keys(one.when.values ?? {})
        .filter(name => !collected.includes(name))
        .map(name => ({
          path: ['cases', index, 'when', 'values', name],
          found: `"${name}"`,
          expected: `a value that the flow collects: ${collected.join(', ')}`,
        })),
    ),
  enter: () => stay({ doing: 'looking' }, { kind: 'look' }),
  hear: (options, { state }, input) =>
    input.kind === 'facts'
      ? go(options.cases.find(one => holds(one.when, input.facts, state))?.go ?? options.else)
      : undefined,
  inputs: (options, { state }) => factsOf(options, state),
}

function holds(when: Condition, facts: BranchFacts, state: FlowState): boolean {
  const { moment } = facts
  return (
    (when.elder === undefined || when.elder === facts.elder) &&
    (when.language === undefined || when.language === state.language) &&
    (when.hours === undefined || within(moment.minute, when.hours)) &&
    (when.days === undefined || when.days.some(day => day === moment.day || day === moment.weekday)) &&
    (when.waitingOver === undefined || facts.waiting > when.waitingOver) &&
    Object.entries(when.values ?? {}).every(([name, wanted]) => wanted.includes(state.values[name] ?? ''))
  )
}

function within(minute: number, span: NonNullable<Condition['hours']>): boolean {
  return span.fromMinute <= span.toMinute
    ? minute >= span.fromMinute && minute < span.toMinute
    : minute >= span.fromMinute || minute < span.toMinute
}

/** One set of facts for each possible outcome: every boundary in a case is tried on both sides. */
function factsOf(options: Options, state: FlowState): readonly Input[] {
  const conditions = options.cases.map(one => one.when)
  const minutes = conditions.flatMap(when =>
    when.hours ? [when.hours.fromMinute, when.hours.toMinute % 1440] : [],
  )
  const waitings = conditions.flatMap(when =>
    when.waitingOver === undefined ? [] : [when.waitingOver, when.waitingOver + 1],
  )
  const asksDay = conditions.some(when => when.days)
  const outcomes = new Map<number, Input>()
  for (const elder of [false, true])
    for (const minute of new Set([0, ...minutes]))
      for (const waiting of new Set([0, ...waitings]))
        for (const weekday of asksDay ? weekdays : weekdays.slice(0, 1))
          for (const day of asksDay ? dayKinds : dayKinds.slice(0, 1)) {
            const facts = { elder, waiting, moment: { minute, weekday, day } }
            const outcome = options.cases.findIndex(one => holds(one.when, facts, state))
            if (!outcomes.has(outcome)) outcomes.set(outcome, { kind: 'facts', facts })
          }
  return [...outcomes.values()]
}

function describeCase(when: Condition): string {
  const { elder, language, hours, days, waitingOver, values = {} } = when
  return [
    ...(elder === undefined ? [] : [elder ? 'elder' : 'not elder']),
    ...(language === undefined ? [] : [language]),
    ...(days === undefined ? [] : [days.join('/')]),
    ...(hours === undefined ? [] : [`${clock(hours.fromMinute)}-${clock(hours.toMinute)}`]),
    ...(waitingOver === undefined ? [] : [`> ${waitingOver}`]),
    ...Object.entries(values).map(([name, wanted]) => `${name}: ${wanted.map(one => one || '-').join('/')}`),
  ].join(', ')
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
