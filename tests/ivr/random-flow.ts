import fc from 'fast-check'
import { stringify } from 'yaml'

/** A flow in the shape of its file. */
export type RandomFlow = {
  readonly text: string
}

const words = (text: string) => ({ 'zh-CN': text, en: 'Words.' })
const prompt = words('请听好。')
const reassure = words('请稍候。')

/** Where a state may lead: to one of the others, by its number, or to one of the ends that every flow has. */
type Pick = (choice: number) => string

type Shape = (pick: Pick, next: string) => object

/** One state of each verb; `next` keeps the chain of states together, `pick` leads anywhere. */
const shapes: readonly Shape[] = [
  (_, next) => ({ say: { prompt, next } }),
  (pick, next) => ({
    menu: { prompt, keys: { 1: next, 2: pick(0), '*': pick(1) }, silence: pick(2), wrong: pick(3) },
  }),
  (pick, next) => ({ menu: { prompt, keys: { 1: next, 3: pick(0) } } }),
  (_, next) => ({ ask: { name: 'number', prompt, digits: { min: 2, max: 4 }, readback: reassure, next } }),
  (_, next) => ({ ask: { name: 'number', prompt, digits: 3, begins: '2', next } }),
  (pick, next) => ({ branch: { cases: [{ when: { elder: true }, go: pick(0) }], else: next } }),
  (pick, next) => ({ branch: { cases: [{ when: { waitingOver: 2 }, go: next }], else: pick(0) } }),
  (pick, next) => ({
    message: { name: 'word', prompt, atMost: '5s', readback: reassure, next, else: pick(0) },
  }),
  (pick, next) => ({
    rate: { name: 'rating', prompt, words: Array(5).fill(prompt), next, silence: pick(0) },
  }),
  (pick, next) => ({ text: { template: 'link', words: prompt, next, else: pick(0) } }),
  (_, next) => ({ text: { template: 'link', words: prompt, next } }),
  (pick, next) => ({ choose: { prompt, keys: { 1: 'zh-CN', 2: 'en' }, next: pick(0) || next } }),
  (_, next) => ({ captions: { prompt, next } }),
  pick => ({ transfer: { to: 'police', prompt, else: pick(0) } }),
]

const ends = {
  queue: {
    queue: { reason: 'random', prompt, reassure, every: '20s', full: 'word', failed: 'word' },
  },
  word: { message: { name: 'demand', prompt, atMost: '5s', readback: reassure, next: 'bye', else: 'sorry' } },
  bye: { hangup: { because: 'done', prompt } },
  sorry: { hangup: { because: 'failed', prompt } },
}

/**
 * Flows of up to seven states with verbs at random. `isCareful`: ways lead onwards or to a person, so that many can be
 * proved; otherwise anywhere.
 */
export const randomFlow = fc
  .record({
    isCareful: fc.boolean(),
    kinds: fc.array(fc.nat({ max: shapes.length - 1 }), { minLength: 1, maxLength: 7 }),
    choices: fc.array(fc.nat({ max: 99 }), { minLength: 28, maxLength: 28 }),
  })
  .map(({ isCareful, kinds, choices }): RandomFlow => {
    const names = kinds.map((_, at) => `s${at}`)
    const states = kinds.map((kind, at) => {
      const onwards = isCareful ? [...names.slice(at + 1), 'queue'] : [...names, ...Object.keys(ends)]
      const pick: Pick = choice => {
        const chosen = choices[at * 4 + choice] ?? 0
        // A person is the likeliest way out: as in flows that people write.
        return isCareful && chosen < 50 ? 'queue' : (onwards[chosen % onwards.length] ?? 'queue')
      }
      return [names[at], shapes[kind]?.(pick, names[at + 1] ?? 'queue')]
    })
    const file = {
      flow: 'random',
      audience: 'general',
      syllablesPerMinute: 200,
      patience: '4s',
      start: 's0',
      person: 'queue',
      numbers: { police: '110' },
      states: { ...Object.fromEntries(states), ...ends },
    }
    return { text: stringify(file, { aliasDuplicateObjects: false }) }
  })

export type Deed = { readonly press: string } | { readonly waitMs: number } | { readonly speak: true }

/** What a caller does, in any order. */
export const randomDeeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...'123456789*#0').map(press => ({ press })) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 9000 }).map(waitMs => ({ waitMs })) },
    { weight: 1, arbitrary: fc.constant({ speak: true } as const) },
  ),
  { maxLength: 12 },
)
