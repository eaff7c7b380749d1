import { z } from 'zod'
import { dammHolds } from '../../foundation/index.ts'
import { promise, promising } from '../promise.ts'
import { numberValue, say } from '../speak.ts'
import type { Effect, Input } from '../turn.ts'
import { askUnheard, go, miss, missed, person, type Scene, stay, type Turn, type Verb } from '../verb.ts'
import { name, prompt, target } from '../vocabulary.ts'

const count = z
  .int({ error: 'how many digits' })
  .min(1, { error: '1 to 32 digits' })
  .max(32, { error: '1 to 32 digits' })

const schema = z.strictObject({
  name: name.describe('Keeps the number under this name.'),
  prompt,
  digits: z
    .union(
      [count.transform(most => ({ min: most, max: most })), z.strictObject({ min: count, max: count })],
      {
        error: 'how many digits, as 11 or { min: 6, max: 8 }',
      },
    )
    .describe('How many digits it has; one that may be shorter is ended by # or by a pause.'),
  begins: z
    .string({ error: 'digits in quotes' })
    .regex(/^[1-9]+$/, { error: 'digits from 1 to 9: 0 as the first key is a person' })
    .default('123456789')
    .describe('The digits that it can begin with; never 0.'),
  check: z
    .enum(['luhn', 'damm'], { error: 'luhn or damm' })
    .optional()
    .describe(
      'Its last digit is a check digit: luhn (ISO/IEC 7812-1, annex B), or damm, which finds every swap, too; orders of this house have it.',
    ),
  short: prompt
    .optional()
    .describe(
      'Says what is missing where too few digits were keyed: `{keyed}` is how many there were. The flow’s `missed` without it.',
    ),
  readback: prompt
    .optional()
    .describe(
      'Says what was understood. * keys it again, a third time is a person; 1, # or silence goes on.',
    ),
  next: target,
})
type Options = z.output<typeof schema>

/** Placeholder for the number of digits that were keyed. */
const keyedGap = 'keyed'
/** Fewer digits are a slip of the finger and identify nobody. */
const fewestTold = 5

/** A caller who starts over for the third time needs a person. */
const mostStars = 3
const readingBack = 'readback'
/** The part of a phase's name that names the step; the stars after it count how often `*` started it over. */
const partOf = (phase: string) => phase.split('*')[0] ?? ''
const starsIn = (phase: string) => phase.split('*').length - 1
const inPart = (part: string, phase: string) => part + '*'.repeat(starsIn(phase))

/**
 * Asks for a number. While digits are being keyed 0 is a digit (see step.ts). `*` clears them or repeats the question, and
 * the third time brings a person. Too few digits followed by a pause repeat the question.
 */
export const ask: Verb<Options> = {
  name: 'ask',
  about: 'Asks for a number, keyed digit by digit.',
  schema,
  prompts: options => [
    { path: ['prompt'], prompt: options.prompt },
    ...(options.short ? [{ path: ['short'], prompt: options.short, knows: [keyedGap] }] : []),
    ...(options.readback ? [{ path: ['readback'], prompt: options.readback }] : []),
  ],
  edges: options => [{ label: 'number', path: ['next'], to: options.next }],
  collects: ({ name, begins, digits }) => ({ [name]: begins.charAt(0).padEnd(digits.max, '0') }),
  faults: options =>
    options.digits.min > options.digits.max
      ? [
          {
            path: ['digits'],
            found: `at least ${options.digits.min} and at most ${options.digits.max}`,
            expected: 'a min that is not above the max',
          },
        ]
      : [],
  enter: (options, scene) => stay({ doing: 'saying' }, say(scene, options.prompt)),
  hear(options, scene, input) {
    const { flow, state } = scene
    const wait = { kind: 'wait', ms: flow.patienceMs } as const
    if (state.phase === promising) return kept(options, scene, input)
    if (input.kind === 'promptDone') return stay({ doing: 'waiting' }, wait)
    if (input.kind === 'promptFailed') return askUnheard
    if (input.kind !== 'key' && input.kind !== 'silence') return undefined
    if (input.kind === 'key' && input.key === '*') return anew(options, scene)
    if (partOf(state.phase) === readingBack)
      return confirm(options, scene, input.kind === 'key' ? input.key : '')
    const isEnough = state.digits.length >= options.digits.min
    if (input.kind === 'silence' || input.key === '#')
      return isEnough ? complete(options, scene, state.digits) : tooShort(options, scene, state.digits)
    if (!/\d/.test(input.key)) return miss()
    const digits = state.digits + input.key
    if (digits.length === options.digits.max) return complete(options, scene, digits)
    return stay({ doing: 'waiting', phase: inPart('', state.phase), digits }, { kind: 'stop' }, wait)
  },
  left: (options, scene) => keyedWrong(options, scene, scene.state.digits),
  inputs: (_, { state }) =>
    state.phase === promising ? [{ kind: 'promised' }, { kind: 'actionFailed' }, { kind: 'silence' }] : [],
}

/** Clears what was keyed. If nothing was, or the number was already read back, the question is repeated. */
function anew({ prompt }: Options, scene: Scene): Turn {
  const { flow, state } = scene
  const phase = `${inPart('', state.phase)}*`
  if (starsIn(phase) >= mostStars) return person
  return state.digits === ''
    ? stay({ doing: 'saying', phase }, say(scene, prompt))
    : stay({ phase, digits: '' }, { kind: 'wait', ms: flow.patienceMs })
}

function complete(options: Options, scene: Scene, number: string): Turn {
  if (!isWellFormed(options, number)) return missed({ effects: keyedWrong(options, scene, number) })
  const { flow, set, state } = scene
  const values = { ...state.values, [options.name]: number }
  if (!options.readback) return accept(options, scene, number)
  const heard = { ...state, values, digits: '' }
  return stay(
    { values, digits: '', phase: inPart(readingBack, state.phase), doing: 'saying' },
    { kind: 'stop' },
    ...given(options, scene, number),
    say({ set, flow, state: heard }, options.readback),
  )
}

function confirm(options: Options, scene: Scene, key: string): Turn {
  if (!['1', '#', ''].includes(key)) return miss()
  return accept(options, scene, scene.state.values[options.name] ?? '')
}

function accept(options: Options, scene: Scene, number: string): Turn {
  const { state } = scene
  const values = { ...state.values, [options.name]: number }
  // A callback that was already promised moves to the number given instead.
  if (state.promised && options.name === numberValue)
    return stay(
      { doing: 'acting', phase: promising, values, digits: '', promised: false },
      { kind: 'stop' },
      ...promise({ values }),
    )
  const collected = { kind: 'collected', name: options.name, value: number } as const
  return options.readback
    ? go(options.next, { values }, collected)
    : go(options.next, { values }, ...given(options, scene, number), collected)
}

/**
 * A caller who keys a number for a callback is owed the call, even if they hang up within the next sentence; so it is saved
 * at once. A number that replaces an earlier one does so only when it is confirmed.
 */
const given = (options: Options, { state }: Scene, number: string): readonly Effect[] =>
  options.name === numberValue && !state.promised
    ? [{ kind: 'journal', fact: { kind: 'gave-number', number } }]
    : []

/** Tells the caller how many digits they keyed and how many are missing. */
function tooShort(options: Options, scene: Scene, keyed: string): Turn {
  if (keyed === '') return miss()
  const { flow, set, state } = scene
  const values = { ...state.values, [keyedGap]: `${keyed.length}` }
  const why = options.short && say({ flow, set, state: { ...state, values } }, options.short)
  return missed({ effects: keyedWrong(options, scene, keyed), why })
}

/**
 * A caller who keys an incomplete number and hangs up also wanted to be called, so what they keyed is saved where agents see
 * it. It may turn out to be a number once the city's area code is put in front.
 */
const keyedWrong = (options: Options, scene: Scene, keyed: string): readonly Effect[] =>
  keyed.length < fewestTold ? [] : given(options, scene, keyed)

/** Goes on once the callback is owed to the new number. If that cannot be saved, a person has to help. */
function kept({ name, next }: Options, { state }: Scene, { kind }: Input): Turn | undefined {
  if (kind === 'actionFailed' || kind === 'silence') return person
  if (kind !== 'promised') return undefined
  const { values } = state
  const collected = { kind: 'collected', name, value: values[name] ?? '' } as const
  return go(next, { values, promised: true }, { kind: 'stop' }, collected)
}

function isWellFormed({ begins, check }: Options, number: string): boolean {
  return begins.includes(number.charAt(0)) && (check === undefined || checkHolds[check](number))
}

export type CheckDigit = NonNullable<Options['check']>
export const checkHolds: Readonly<Record<CheckDigit, (number: string) => boolean>> = {
  luhn: luhnHolds,
  damm: dammHolds,
}

/** The Luhn check: every second digit from the right is doubled, and the sum of all digits must be a multiple of ten. */
function luhnHolds(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
