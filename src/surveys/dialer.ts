import { setMaxListeners } from 'node:events'
import { type Cancel, type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { WriteBehind } from '../storage/index.ts'
import type { SurveyActions } from './actions.ts'
import type { RingEnd } from './attempt-actions.ts'
import type { Claimed, createClaim } from './claim.ts'
import type { SurveyLink } from './link-actions.ts'
import type { SurveyNote } from './notes.ts'
import type { OneAnswer } from './survey.ts'

/** What is told of a call while it goes on, so that it is kept at once. */
export type Told = {
  /** Resolves once it is kept, or waits to be; nobody has to wait for it. */
  answer(answer: OneAnswer): Promise<void>
  optOut(): Promise<void>
  /** For who would rather answer on a page, to be sent in the call; undefined where there is none to be had. */
  link(): Promise<SurveyLink | undefined>
  /** Aborts when we are about to stop: whoever has not answered yet is rung another time. */
  readonly draining: AbortSignal
}

/** Rings somebody and leads them through the survey; resolves when it is over. */
export type Ring = (call: Claimed, told: Told, signal: AbortSignal) => Promise<RingEnd>

export type Dialer = {
  /** Looks for what is due, until nothing is or no line is free. */
  wake(): Promise<void>
  /** Resolves when no call is up. */
  idle(): Promise<void>
  /** Begins no more calls, and lets go of those that ring: they are as if they had not been tried. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Somebody on the line waits for it in silence. */
const linkMs = 2_000
const lateLink = () =>
  new Fault({ code: 'link-late', place: 'surveys', found: 'no answer', expected: `one in ${linkMs} ms` })

export function openDialer(dependencies: {
  readonly clock: Clock
  readonly log: Log
  readonly actions: Pick<SurveyActions, 'makeLink' | 'extend'>
  /** Where what happens in a call is written down, behind its back. */
  readonly notes: Pick<WriteBehind<SurveyNote>, 'put' | 'flush'>
  readonly claim: ReturnType<typeof createClaim>['claim']
  readonly ring: Ring
  /** Calls of this node at once. */
  readonly lines: () => number
  readonly leaseMs: number
}): Dialer {
  const { clock, log, actions, notes, claim, ring, lines, leaseMs } = dependencies
  const over = new AbortController()
  const draining = new AbortController()
  setMaxListeners(0, draining.signal)
  // Every call that is up listens.
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
      // What they said so far decides whether there is anything left to ask. They hear nothing meanwhile.
      link: () =>
        withDeadline(
          clock,
          linkMs,
          notes.flush().then(() => actions.makeLink(id)),
          lateLink,
        ).catch(error => void log.warn({ survey: id, reason: reasonOf(error) }, 'no link was made')),
    }
    // What failed in an unknown way may have rung.
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
