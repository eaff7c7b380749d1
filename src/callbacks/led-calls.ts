import type { Desk, LedCall, OwedCall } from '../desk/index.ts'
import type { Clock } from '../foundation/index.ts'
import { languageSkills } from '../ivr/index.ts'
import {
  type AmdEar,
  type Call,
  type HotlineNode,
  type Journal,
  listenForAnswer,
  provedCaller,
} from '../telephony/index.ts'
import type { Callbacks } from './callbacks.ts'
import type { Leading } from './leading.ts'
import { agentAt, callerOf, ours, type RingDependencies, ringFor, sayOf } from './ringing.ts'

type LeadDependencies = RingDependencies & {
  readonly desk: Pick<Desk, 'leadCallbacks'>
  readonly callbacks: Pick<Callbacks, 'act' | 'lead' | 'leadAt'>
  readonly node: Pick<HotlineNode, 'holdsDesk' | 'onDesk'>
  readonly journal: Journal
  readonly ear?: AmdEar
  readonly clock: Clock
}

/** The priority that the flow for elders gives. */
const elderPriority = 10

/**
 * Leads callbacks: each waits at the desk by its INVITE, and the seat whose turn it is rings the citizen. If a
 * machine answers, or nobody is reached, the citizen is rung again by the rules.
 */
export function leadCallbacks(dependencies: LeadDependencies): {
  readonly drain: () => Promise<void>
  readonly close: () => Promise<void>
} {
  const { desk, callbacks, node, onTheLine } = dependencies
  const { owe, perMs } = desk.leadCallbacks(async (id, seat) => {
    const taken = await callbacks.lead(id, seat)
    if (taken && !callerOf(onTheLine, taken.number))
      return ledBy(dependencies, leading, id, taken.number, seat)
    leading.rest(id)
    if (taken) await sayOf(dependencies, id, agentAt(seat))({ do: 'let-go', why: 'caller-on-the-line' })
    return undefined
  })
  const leading: Leading = callbacks.leadAt({
    isHere: node.holdsDesk,
    perMs,
    put: async owed => {
      const here = new Set([...onTheLine()].map(provedCaller))
      await owe(
        owed
          .filter(({ number }) => !here.has(number))
          .map(({ id, invitedAtMs, elder, language }) => ({
            id,
            sinceMs: invitedAtMs,
            priority: elder ? elderPriority : 0,
            skills: languageSkills(language),
          })),
      )
    },
  })
  const off = node.onDesk(leading.changed)
  const close = async () => {
    off()
    await leading.close()
  }
  return { drain: close, close }
}

function ledBy(
  dependencies: LeadDependencies,
  leading: Leading,
  id: OwedCall['id'],
  number: string,
  seat: string,
): LedCall {
  const by = agentAt(seat)
  const say = sayOf(dependencies, id, by)
  let hasRung = false
  let isMachine = false
  const { ring, onMeeting, isRefusal } = ringFor(dependencies, id, number, by, () => {
    hasRung = true
  })
  return {
    number,
    isRefusal,
    onMeeting,
    async ring(near, signal) {
      const call = await ring(near, signal)
      hearMachine(dependencies, call, () => {
        isMachine = true
      })
      return call
    },
    async over(end) {
      if (hasRung) leading.rest(id)
      if (end.kind === 'talked' && !isMachine) return
      if (end.kind === 'talked' || (end.kind === 'nobody' && hasRung && !ours.has(end.reason)))
        await say({ do: 'end', result: 'nobody' })
      else await say({ do: 'let-go', why: 'reason' in end ? end.reason : end.kind })
    },
  }
}

/**
 * Connects whoever answers to the agent at once, with machine detection in parallel: a beep or a network's tones
 * end the call. The agent judges what only sounds like a greeting.
 */
function hearMachine({ clock, ear, journal }: LeadDependencies, call: Call, found: () => void): void {
  const listening = listenForAnswer(call, { clock, ear, journal })
  listening.machine.addEventListener(
    'abort',
    () => {
      if (listening.sign() === 'greeting') return
      found()
      void call.hangup('done')
    },
    { once: true },
  )
}
