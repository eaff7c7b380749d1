import { z } from 'zod'
import { type City, exampleCity, instantOf } from '../city/index.ts'
import { expectedBy, Fault, FaultList } from '../foundation/index.ts'
import type { FlowSource } from './read.ts'
import { ordinaryWorld, type World } from './simulate.ts'
import { duration, languageTag } from './vocabulary.ts'
import { anyKey, type FormerWord, readYaml } from './yaml-file.ts'

const words = z.string({ error: 'text' }).min(1, { error: 'text' })
const valuesByName = z.record(z.string(), z.string({ error: 'text in quotes' }))

/** An event that a call expects from the product. Each occurs once, in this order, and at exactly this moment. */
const expectation = z
  .strictObject({
    queue: words.optional().describe('In the queue for a person, for this reason.'),
    priority: z.int().optional().describe('With that priority.'),
    left: z.literal(true).optional().describe('Out of the queue again.'),
    served: z.literal(true).optional().describe('Talking to a person.'),
    transfer: words.optional().describe('An outside number rings.'),
    action: words.optional().describe('Something is done, such as status or text.'),
    recording: words.optional().describe('A recording of this name began.'),
    with: valuesByName.optional().describe('What the action or the recording was given.'),
    collected: valuesByName.optional().describe('One value that was kept.'),
    ended: z.enum(['us', 'them']).optional().describe('The call is over; who hung up.'),
  })
  .refine(given => Object.keys(given).length > 0, { error: 'something to expect' })
export type Expectation = z.output<typeof expectation>

const callStep = z
  .strictObject(
    {
      hears: words.optional().describe('A part of the next thing said. Time passes until then.'),
      presses: z
        .string({ error: 'keys in quotes' })
        .regex(/^[0-9*#]+$/, { error: 'keys: 0 to 9, * and #, in quotes' })
        .optional()
        .describe('Keys, one right after the other.'),
      speaks: z.literal(true).optional().describe('Says something.'),
      waits: duration.optional().describe('Does nothing for so long.'),
      expects: expectation.optional().describe('What the house does, up to now.'),
      'hangs-up': z.literal(true).optional(),
    },
    { error: 'one of hears, presses, speaks, waits, expects, hangs-up' },
  )
  .refine(given => Object.keys(given).length === 1, {
    error: 'one of hears, presses, speaks, waits, expects, hangs-up',
  })
export type CallStep = z.output<typeof callStep>

const worldOptions = z.strictObject({
  at: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, { error: 'a time such as "2026-02-17 03:00"', abort: true })
    .refine(at => !Number.isNaN(instantOf(at, 'UTC')), { error: 'a time such as "2026-02-17 03:00"' })
    .optional()
    .describe('When it is in the city.'),
  caller: z.string({ error: 'a number in quotes' }).optional().describe('Who rings; "" when withheld.'),
  elder: z.boolean().optional(),
  language: languageTag.optional(),
  incidents: z
    .array(z.strictObject({ id: words, words }), { error: 'a list of { id: …, words: … }' })
    .optional()
    .describe('Known incidents, the newest first.'),
  waiting: z.int().min(0).optional().describe('Callers in the queue before this one.'),
  wait: z
    .int()
    .min(1)
    .optional()
    .describe('Minutes that they are told to wait; without it there is no estimate.'),
  due: duration
    .optional()
    .describe('How long after the promise a callback is made at the latest; without it no time is told.'),
  lacks: z.boolean().optional().describe('Whether nobody who is signed in has the skill that they wish for.'),
  queue: z.enum(['answers', 'full', 'fails'], { error: 'answers, full or fails' }).optional(),
  answersAfter: duration.optional().describe('When a person answers; never when absent.'),
  actions: z.record(z.string(), valuesByName).optional().describe('What each action gives; others fail.'),
  fails: z
    .array(z.enum(['prompt', 'record', 'promise', 'transfer']))
    .optional()
    .describe('What does not work.'),
})

const callFile = z.strictObject(
  {
    call: words.describe('What it shows, as a sentence.'),
    flow: words,
    world: worldOptions.default({}),
    steps: z.array(callStep, { error: 'a list of steps' }),
  },
  { error: 'a call: call, flow, world, steps' },
)

/** Words of earlier builds that files may still use. */
const formerCallWords: readonly FormerWord[] = [
  { within: ['world'], was: 'line', is: 'queue' },
  { within: ['steps', anyKey, 'expects'], was: 'line', is: 'queue' },
]

/** A written conversation, which the flow must follow exactly. */
export type CallFile = {
  /** What it shows, as a sentence. */
  readonly call: string
  readonly flow: string
  readonly world: World
  readonly steps: readonly CallStep[]
  /** Words of an earlier build that it still uses. */
  readonly hints: readonly Fault[]
  /** `file:line:column` of a step; the file alone if there is no such step. */
  place(step: number): string
}

/**
 * @param city where the call is made
 * @throws FaultList with every fault
 */
export function readCallFile({ path, text }: FlowSource, city: City = exampleCity): CallFile {
  const { content, faults, hints, place } = readYaml(path, text, callFile, formerCallWords)
  if (!content) throw new FaultList(faults)
  if (content.steps.length === 0)
    throw new FaultList([
      new Fault({ code: 'call-empty', place: place(['steps']), found: 'no step', expected: 'some' }),
    ])
  return {
    call: content.call,
    flow: content.flow,
    world: worldOf(content.world, city),
    steps: content.steps,
    hints,
    place: step => place(['steps', step]),
  }
}

/**
 * The world of a call, from options named as in a call file. Options not given take their ordinary values.
 * @throws FaultList `request-invalid` with every fault
 */
export function readWorld(given: object, city: City): World {
  const read = worldOptions.safeParse(given, { error: expectedBy })
  if (read.success) return worldOf(read.data, city)
  throw new FaultList(
    read.error.issues.map(({ path, message }) => {
      const found = JSON.stringify((given as Readonly<Record<string, unknown>>)[String(path[0])])
      return new Fault({ code: 'request-invalid', place: path.join('.'), found, expected: message })
    }),
  )
}

function worldOf({ at, answersAfter, due, ...options }: z.output<typeof worldOptions>, city: City): World {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return {
    ...ordinaryWorld,
    ...given,
    city,
    atMs: at === undefined ? ordinaryWorld.atMs : instantOf(at, city.timeZone),
    answersAfterMs: answersAfter,
    dueMs: due,
  }
}

/** The format of call files as JSON Schema, for editors. */
export function callJsonSchema(): object {
  return { title: 'A call as a test', ...z.toJSONSchema(callFile, { io: 'input' }) }
}
