import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import {
  beginning,
  type Failure,
  type FlowSet,
  inputsOf,
  ordinaryWorld,
  readFlows,
  simulate,
  step,
  verify,
  type World,
} from '../../src/ivr/index.ts'
import type { Key } from '../../src/media/index.ts'
import { type Deed, randomDeeds, randomFlow } from './random-flow.ts'
import { failuresOf } from './verify-flow.ts'

/** More on a quiet machine: JIETING_RANDOM_FLOWS=20000. */
const numRuns = Number(process.env.JIETING_RANDOM_FLOWS ?? 150)
const timeout = 60_000 + numRuns * 400

const randomWorld: fc.Arbitrary<World> = fc
  .record({
    elder: fc.boolean(),
    caller: fc.constantFrom('', '13800138000'),
    waiting: fc.constantFrom(0, 5),
    answersAfterMs: fc.integer({ min: 0, max: 60_000 }),
    fails: fc.subarray(['prompt', 'record', 'transfer'] as const),
    works: fc.boolean(),
  })
  .map(({ works, ...given }) => ({
    ...ordinaryWorld,
    ...given,
    actions: (works ? { text: {}, captions: { code: '12345678' } } : {}) as World['actions'],
  }))

const seen = { proved: 0, refused: 0, persons: 0, replayed: new Map<string, number>() }
const connectingMs = 500

function live(set: FlowSet, world: World, deeds: readonly Deed[]) {
  const simulation = simulate(set, 'random', world)
  for (const deed of deeds) {
    if ('press' in deed) simulation.press(deed.press as Key)
    else if ('waitMs' in deed) simulation.advance(deed.waitMs)
    else simulation.speak()
  }
  return simulation
}

/** Whatever a caller has done in a flow that was proved, 0 is the line at this very instant, and a person comes. */
function reachesAPerson(set: FlowSet, world: World, deeds: readonly Deed[]) {
  const simulation = live(set, world, deeds)
  if (simulation.state().doing === 'over') return
  // A number being keyed is the one exception: `*` clears it.
  if (simulation.state().digits !== '') simulation.press('*')
  const beganMs = simulation.nowMs()
  simulation.press('0')
  expect(simulation.state().node).toBe('queue')
  const line = simulation.happenings.findLast(({ kind }) => kind === 'queue')
  expect(line?.atMs).toBeLessThanOrEqual(beganMs)
  simulation.advance(world.answersAfterMs === undefined ? 0 : world.answersAfterMs + connectingMs)
  expect(simulation.happenings.some(({ kind }) => kind === 'served')).toBe(true)
  seen.persons++
}

/** Things that take time in the simulator and none in the proof, which counts prompts and pauses. */
const ownMs = { action: 300, transfer: 5000, recording: 5000 }

/** Who does nothing is in the queue, or done, no later than was proved. */
function isInTime(set: FlowSet, world: World, longestSeconds: number) {
  const simulation = simulate(set, 'random', world)
  const isThere = () => simulation.happenings.some(({ kind }) => kind === 'queue')
  let next = simulation.nextMs()
  while (!isThere() && next !== undefined) {
    simulation.advance(next - simulation.nowMs())
    next = simulation.nextMs()
  }
  const own = simulation.happenings.reduce(
    (sum, { kind }) => sum + (ownMs[kind as keyof typeof ownMs] ?? 0),
    0,
  )
  if (isThere()) expect(simulation.nowMs()).toBeLessThanOrEqual(longestSeconds * 1000 + own + 1)
  else expect(simulation.state().doing).toBe('over')
}

/** Rules about what nobody ever meets: there is no path to show. */
const withoutPath = ['every-state-is-reached', 'every-way-is-walked']

/** The counter-example of a refusal, lived input by input by the very step that leads calls. */
function replays(set: FlowSet, { rule, begins, inputs, path }: Failure) {
  if (withoutPath.includes(rule) && inputs.length === 0) return
  let state = beginning(begins)
  let last: ReturnType<typeof step> | undefined
  for (const input of inputs) {
    const offered = inputsOf(set, state).map(one => JSON.stringify(one))
    expect(offered).toContain(JSON.stringify(input))
    last = step(set, state, input)
    state = last.state
  }
  expect(path.length).toBeGreaterThan(0)
  if (rule === 'nobody-is-hung-up-on') {
    // At once, or after a last word.
    const goodbye = step(set, state, { kind: 'promptDone' })
    expect([...(last?.effects ?? []), ...goodbye.effects].some(({ kind }) => kind === 'hangup')).toBe(true)
  }
  if (rule === 'nothing-goes-round') expect(state.doing).not.toBe('over')
  if (rule === 'nobody-is-stranded') expect(state.doing).not.toBe('over')
  seen.replayed.set(rule, (seen.replayed.get(rule) ?? 0) + 1)
}

it('keeps its word for flows made at random: proved means a person, refused means it can be seen', {
  timeout,
}, () => {
  fc.assert(
    fc.property(
      randomFlow,
      fc.array(fc.tuple(randomWorld, randomDeeds), { minLength: 8, maxLength: 8 }),
      ({ text }, callers) => {
        const set = readFlows([{ path: 'random.yaml', text }])
        const verdict = verify(set)
        const failures = failuresOf(verdict)
        if (failures.length > 0) {
          seen.refused++
          for (const failure of failures) replays(set, failure)
          return
        }
        seen.proved++
        const longest = verdict.flows[0]?.timeToPerson.longest ?? 0
        expect(longest).toBeLessThan(Number.POSITIVE_INFINITY)
        for (const [world, deeds] of callers) {
          reachesAPerson(set, world, deeds)
          isInTime(set, world, longest)
        }
      },
    ),
    { numRuns },
  )
})

afterAll(() => {
  const rules = [...seen.replayed].map(([rule, count]) => `${count} ${rule}`).join(', ')
  console.log(
    `${seen.proved} proved, ${seen.persons} callers with a person; ${seen.refused} refused: ${rules}`,
  )
  // A generator that makes flows of one kind only would show nothing.
  expect(Math.min(seen.proved, seen.refused)).toBeGreaterThan(numRuns / 20)
})
