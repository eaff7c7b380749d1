import { setMaxListeners } from 'node:events'
import { type Cancel, type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { WriteBehind } from '../storage/index.ts'
import type { SurveyActions } from './actions.ts'
import type { RingEnd } from './attempt-actions.ts'
import type { Claimed, createClaim } from './claim.ts'
import type { SurveyLink } from './link-actions.ts'
import type { SurveyNote } from './notes.ts'
import type { OneAnswer } from './survey.ts'

/** Receives what happens in a survey call, so that it is stored at once. */
export type Told = {
  /** Resolves once the answer is stored or queued for storing; there is no need to wait. */
  answer(answer: OneAnswer): Promise<void>
  optOut(): Promise<void>
  /** A link to send in the call to a citizen who would rather answer on a page; undefined if none can be made. */
  link(): Promise<SurveyLink | undefined>
  /** Aborts when the service is about to stop: citizens who have not answered yet are rung another time. */
  readonly draining: AbortSignal
}

/** Rings somebody and leads them through the survey; resolves when the call is over. */
export type Ring = (call: Claimed, told: Told, signal: AbortSignal) => Promise<RingEnd>

export type Dialer = {
  /** Takes due surveys until none is left or no line is free. */
  wake(): Promise<void>
  /** Resolves when no call is up. */
  idle(): Promise<void>
  /** Begins no more calls and cancels those still ringing, which count as not tried. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** The citizen on the line waits in silence meanwhile. */
const linkMs = 2_000
const lateLink = () =>
  new Fault({ code: 'link-late', place: 'surveys', found: 'no answer', expected: `one in ${linkMs} ms` })

export function openDialer(dependencies: {
  readonly clock: Clock
  readonly log: Log
  readonly actions: Pick<SurveyActions, 'makeLink' | 'extend'>
  /** Stores what happens in a call, asynchronously. */
  readonly notes: Pick<WriteBehind<SurveyNote>, 'put' | 'flush'>
  readonly claim: ReturnType<typeof createClaim>['claim']
  readonly ring: Ring
  /** The limit of concurrent calls for this node. */
  readonly lines: () => number
  readonly leaseMs: number
}): Dialer {
  const { clock, log, actions, notes, claim, ring, lines, leaseMs } = dependencies
  const over = new AbortController()
  const draining = new AbortController()
  setMaxListeners(0, draining.signal)
  // One listener for each call that is up.
  setMaxListeners(0, over.signal)
  const calls = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false

  const keep = (note: SurveyNote) => {
    notes.put(note)
    return notes.flush()
  }

  async function make(call: Claimed): Promise<void> {
    const { id, attempt } = call
    let stop: Cancel = () => undefined
    const hold = () => {
      stop = clock.after(leaseMs / 3, () => {
        actions
          .extend(id, attempt)
          .catch(error => log.warn({ survey: id, reason: reasonOf(error) }, 'a lease was not extended'))
        hold()
      })
    }
    hold()
    const told: Told = {
      draining: draining.signal,
      answer: answer => keep({ kind: 'answer', survey: id, answer }),
      optOut: () => keep({ kind: 'opt-out', survey: id }),
      // The answers so far decide whether there is anything left to ask. The citizen hears nothing meanwhile.
      link: () =>
        withDeadline(
          clock,
          linkMs,
          notes.flush().then(() => actions.makeLink(id)),
          lateLink,
        ).catch(error => void log.warn({ survey: id, reason: reasonOf(error) }, 'no link was made')),
    }
    // After an unknown failure, the telephone may have rung.
    const end = await ring(call, told, over.signal).catch((error): RingEnd => {
      log.error({ survey: id, reason: reasonOf(error) }, 'a survey call failed')
      return { how: 'unknown' }
    })
    stop()
    await keep({ kind: 'end', survey: id, attempt, end })
  }

  async function look(): Promise<void> {
    do {
      again = false
      const free = lines() - calls.size
      if (free <= 0 || draining.signal.aborted) return
      const { claimed, more } = await claim(free)
      for (const call of claimed) {
        const going = make(call).finally(() => {
          calls.delete(going)
          void wake()
        })
        calls.add(going)
      }
      again ||= more
    } while (again && !over.signal.aborted)
  }

  async function wake(): Promise<void> {
    if (over.signal.aborted) return
    again = true
    looking ??= look()
      .catch(error => log.warn({ reason: reasonOf(error) }, 'what is due was not found out'))
      .finally(() => {
        looking = undefined
        if (again) void wake()
      })
    await looking
  }

  return {
    wake,
    async idle() {
      await looking
      while (calls.size > 0) await Promise.all(calls)
      await notes.flush()
    },
    async drain() {
      draining.abort()
      await looking
    },
    async close() {
      over.abort()
      await looking
      await Promise.all(calls)
    },
  }
}
