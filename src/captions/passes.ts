import { LRUCache } from 'lru-cache'
import { type Clock, newSecret, sourceOf } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'

/** What a pass lets its holder do: read and type as the citizen, or as a seat. */
export type ReaderRole = 'citizen' | 'seat'
export type Pass = {
  readonly call: CallId
  readonly role: ReaderRole
  /** It is good for this member alone, while they are signed in; for whoever holds it when absent. */
  readonly member?: string
  /** It is good for as long as this holds: of a seat, while it has the call; to its end when absent. */
  readonly holds?: () => boolean
}

/** How a citizen reaches the captions of one call. */
export type CitizenCode = {
  /** Eight digits, to be read out. */
  readonly code: string
  /** 64 bits of chance, for a link: nobody guesses it. */
  readonly link: string
}

/** `over`: it was right once, and that call is over. */
export type PassEntry = Pass | 'wrong' | 'over' | 'too-many'

export type Passes = {
  /** The same code for a call each time. */
  ofCall(call: CallId): CitizenCode
  /** A new pass for a seat's screen, of one member; a program's has none. */
  forSeat(call: CallId, member?: string, holds?: () => boolean): string
  /** @param address whose try it is, for the count of tries. */
  enter(pass: string, address: string): PassEntry
  /** The call is over: its passes open nothing more, and are remembered for a while so that a page can say why. */
  end(call: CallId): void
}

/**
 * Eight digits with 500 calls up: a blind try hits one of them once in 200,000. One address may be wrong five times in
 * ten minutes; all together 120 times a minute, after which spoken codes rest and links go on: one hit in 28 hours of
 * a whole network trying, on a call that has ended by then.
 */
const wrongByAddress = { most: 5, withinMs: 10 * 60_000 }
const wrongByAll = { most: 120, withinMs: 60_000 }
const mostAddresses = 10_000
const rememberMs = 10 * 60_000

export function createPasses(clock: Clock, onWrong: (how: 'wrong' | 'too-many') => void): Passes {
  const passes = new Map<string, Pass>()
  const codes = new Map<CallId, CitizenCode>()
  /** Passes of calls that are over, oldest first, and when they ended. */
  const past = new Map<string, number>()
  const wrong = new LRUCache<string, readonly number[]>({ max: mostAddresses })
  let wrongAll: number[] = []

  const recent = (times: readonly number[], withinMs: number) =>
    times.filter(atMs => clock.monotonicMs() - atMs < withinMs)

  const isTired = (address: string) => {
    wrongAll = recent(wrongAll, wrongByAll.withinMs)
    const own = recent(wrong.peek(address) ?? [], wrongByAddress.withinMs)
    return own.length >= wrongByAddress.most || wrongAll.length >= wrongByAll.most
  }

  const noteWrong = (address: string) => {
    const own = recent(wrong.peek(address) ?? [], wrongByAddress.withinMs)
    wrong.set(address, [...own, clock.monotonicMs()])
    wrongAll.push(clock.monotonicMs())
  }

  const freshCode = (): string => {
    const chance = Buffer.from(newSecret(64), 'base64url').readBigUInt64BE()
    const code = String(chance % 100_000_000n).padStart(8, '0')
    return passes.has(code) || past.has(code) ? freshCode() : code
  }

  return {
    ofCall(call) {
      const known = codes.get(call)
      if (known) return known
      const made = { code: freshCode(), link: newSecret(64) }
      codes.set(call, made)
      for (const pass of [made.code, made.link]) passes.set(pass, { call, role: 'citizen' })
      return made
    },
    forSeat(call, member, holds) {
      const pass = newSecret(128)
      passes.set(pass, { call, role: 'seat', member, holds })
      return pass
    },
    enter(given, address) {
      const source = sourceOf(address)
      const isSpoken = /^\d{1,12}$/.test(given)
      // Nobody guesses a link; whoever holds one is not kept out because a neighbour mistypes.
      if (isSpoken && isTired(source)) {
        onWrong('too-many')
        return 'too-many'
      }
      const pass = passes.get(given)
      if (pass) return pass.holds?.() === false ? 'over' : pass
      if (past.has(given)) return 'over'
      // A wrong link is no guess at a code: it must not shut the codes of everybody.
      if (isSpoken) noteWrong(source)
      onWrong('wrong')
      return 'wrong'
    },
    end(call) {
      codes.delete(call)
      const ended = [...passes].flatMap(([text, pass]) => (pass.call === call ? [text] : []))
      const nowMs = clock.monotonicMs()
      for (const text of ended) {
        passes.delete(text)
        past.set(text, nowMs)
      }
      for (const [text, endedMs] of past) if (nowMs - endedMs > rememberMs) past.delete(text)
    },
  }
}
