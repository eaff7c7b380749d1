import { expect, it } from 'vitest'
import { verify } from '../../src/ivr/index.ts'
import { failuresOf, setOf } from './verify-flow.ts'

/** A flow of 200 states: menus of four keys that lead deeper, numbers to key, look-ups, branches, and ways out. */
function bigFlow(size: number): string {
  const prompt = '{ zh-CN: 请选择，找人请按0。, en: "Please choose. For a person, press 0." }'
  const parts = (size - 6) / 6
  const states = Array.from({ length: parts }, (_, index) => {
    const next = (index + 1) % parts
    return `
  menu-${index}:
    menu: { prompt: ${prompt}, keys: { 1: ask-${index}, 2: fork-${index}, 3: word-${index}, "*": menu-${next} } }
  say-${index}:
    say: { prompt: ${prompt}, next: menu-${next} }
  ask-${index}:
    ask: { name: number-${index}, prompt: ${prompt}, digits: { min: 4, max: 8 }, next: state-${index} }
  state-${index}:
    status:
      order: number-${index}
      prompts: { open: ${prompt}, closed: ${prompt} }
      unknown: say-${index}
      next: menu-${next}
  fork-${index}:
    branch: { cases: [{ when: { elder: true }, go: menu-${next} }], else: say-${index} }
  word-${index}:
    message: { name: demand, prompt: ${prompt}, atMost: 60s, readback: ${prompt}, next: thanks, else: sorry }`
  })
  return `
flow: big
audience: general
syllablesPerMinute: 200
patience: 5s
start: menu-0
person: line
states:
  line:
    queue: { reason: big, prompt: ${prompt}, reassure: ${prompt}, every: 20s, full: busy, failed: busy, keys: { 2: word, 3: bye } }
  busy:
    say: { prompt: ${prompt}, next: word }
  word:
    message: { name: demand, prompt: ${prompt}, atMost: 60s, readback: ${prompt}, next: thanks, else: sorry }
  thanks:
    hangup: { because: done }
  sorry:
    hangup: { because: failed, prompt: ${prompt} }
  bye:
    hangup: { because: chosen, prompt: ${prompt} }${states.join('')}
`
}

it('proves a flow of 200 states, and prints how long that takes', () => {
  const set = setOf(bigFlow(204))
  const beganMs = performance.now()
  const verdict = verify(set)
  const tookMs = Math.round(performance.now() - beganMs)
  const [{ nodes = 0 } = {}] = verdict.flows
  console.log(`${nodes} states, ${verdict.situations} situations, ${verdict.moves} inputs: ${tookMs} ms`)
  expect(nodes).toBe(204)
  expect(failuresOf(verdict).map(({ rule, found }) => `${rule}: ${found}`)).toEqual([])
})
