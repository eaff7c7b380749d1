import { setMaxListeners } from 'node:events'
import { type Cancel, type Clock, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { Actions, RingEnd, SurveyLink } from './actions.ts'
import type { Claimed, createClaim } from './claim.ts'
import type { OneAnswer } from './survey.ts'

/** What is told of a call while it goes on, so that it is kept at once. */
export type Told = {
  /** Resolves once it is kept; nobody has to wait for it. */
  answer(answer: OneAnswer): Promise<void>
  optOut(): Promise<void>
  /** For who would rather answer on a page, to be sent in the call; undefined where there is none to be had. */
  link(): Promise<SurveyLink | undefined>
}

/** Rings somebody and leads them through the survey; resolves when it is over. */
export type Ring = (call: Claimed, told: Told, signal: AbortSignal) => Promise<RingEnd>

export type Dialer = {
  /** Looks for what is due, until nothing is or no line is free. */
  wake(): Promise<void>
  /** Resolves when no call is up. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** While the database is away, what happened waits; then its lease ends, and it counts as unknown. */
const keepTries = 8
const keepPauseMs = 5_000

export function openDialer(house: {
  readonly clock: Clock
  readonly log: Log
  readonly actions: Pick<Actions, 'answer' | 'optOut' | 'makeLink' | 'end' | 'extend'>
  readonly claim: ReturnType<typeof createClaim>['claim']
  readonly ring: Ring
  /** Calls of this node at once. */
  readonly lines: number
  readonly leaseMs: number
}): Dialer {
  const { clock, log, actions, claim, ring, lines, leaseMs } = house
  const over = new AbortController()
  // Every call that is up listens.
  setMaxListeners(0, over.signal)
  const calls = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false

  async function kept(what: string, survey: string, write: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await write()
      } catch (error) {
        log.warn({ survey, what, reason: reasonOf(error) }, 'not written down yet')
        if (tries === keepTries) return
        await sleep(clock, keepPauseMs)
      }
    }
  }

  async function make(call: Claimed): Promise<void> {
    const { id, attempt } = call
    let written: Promise<void> = Promise.resolve()
    const then = (what: string, write: () => Promise<void>) => {
      written = written.then(() => kept(what, id, write))
      return written
    }
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
      answer: answer => then('answer', () => actions.answer(id, answer)),
      optOut: () => then('opt-out', () => actions.optOut(id)),
      async link() {
        await written
        return actions.makeLink(id)
      },
    }
    // What failed in an unknown way may have rung.
    const end = await ring(call, told, over.signal).catch((error): RingEnd => {
      log.error({ survey: id, reason: reasonOf(error) }, 'a survey call failed')
      return { how: 'unknown' }
    })
    stop()
    await written
    await kept('end', id, () => actions.end(id, attempt, end))
  }

  async function look(): Promise<void> {
    do {
      again = false
      const free = lines - calls.size
      if (free <= 0) return
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
    },
    async close() {
      over.abort()
      await looking
      await Promise.all(calls)
    },
  }
}
