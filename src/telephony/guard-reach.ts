import { type Clock, type Figure, type Log, type Part, sidePart } from '../foundation/index.ts'
import type { Line } from './call.ts'
import { type Home, normaliseNumber } from './numbers.ts'
import { createReach, type Reach, type ReachLimits, type ReachRules, reachedAs } from './reach.ts'

type WayRules = {
  /** Numbers that the city itself names for it, as they are written. */
  readonly listed: readonly string[]
  readonly limits: ReachLimits
}

export type GuardRules = Omit<ReachRules, 'listed' | 'limits'> & {
  readonly calls: WayRules
  readonly texts: WayRules
}

/** A text as far as it is counted. */
type Sent = { readonly to: string; readonly id?: string; readonly call?: string }
type Sender<Text extends Sent> = { send(text: Text, signal?: AbortSignal): Promise<void> }

export type ReachGuard = {
  /** The same way to telephones, to those whom the city reaches. @throws besides, Fault `reach-refused`, `reach-too-often` */
  dialing(way: Pick<Line, 'dial'>): Pick<Line, 'dial'>
  /** The same way to send texts, to those whom the city reaches. @throws as `dialing` */
  sending<Text extends Sent>(sender: Sender<Text>): Sender<Text>
  /** Whether a call to this number may ever be made, however seldom. */
  reaches(number: string): boolean
  readonly figures: readonly Figure[]
  health(): readonly Part[]
}

/** Whoever rings or sends a text, by whatever verb or job, does it through here. */
export function guardReach(rules: GuardRules, { clock, log }: { clock: Clock; log: Log }): ReachGuard {
  const { home, countries, prefixes } = rules
  const places = (what: 'calls' | 'texts') => {
    const listed = writingsOf(() => rules[what].listed, home)
    return {
      home,
      countries,
      prefixes,
      limits: rules[what].limits,
      get listed() {
        return listed()
      },
    }
  }
  const rung = places('calls')
  const guardOf = (what: 'calls' | 'texts') => {
    return createReach(what === 'calls' ? rung : places(what), clock.now, (why, isFirst) => {
      // Once an hour is an alarm; each of a flood would be a flood.
      if (isFirst)
        log.warn({ what, why }, 'somebody was not reached: not a number or not as often as the city allows')
    })
  }
  const calls = guardOf('calls')
  const texts = guardOf('texts')
  return {
    dialing: way => ({
      async dial(to, options) {
        if (to.kind === 'number')
          calls.claim({ number: to.number, id: options.job, isService: options.near !== undefined })
        // A seat with a telephone is rung for each of its callers.
        else if (/^tel:/i.test(to.contact))
          calls.claim({ number: to.contact.slice('tel:'.length), isService: true })
        return way.dial(to, options)
      },
    }),
    sending: sender => ({
      async send(text, signal) {
        // A withheld number, or none, is refused by whoever sends.
        if (/^\+?\d/.test(text.to)) texts.claim({ number: text.to, id: text.id, call: text.call })
        await sender.send(text, signal)
      },
    }),
    reaches: number => reachedAs(number, rung) !== undefined,
    figures: [
      {
        name: 'jieting_reach_refused_total',
        help: 'Calls and texts that were not made: not a number that the city reaches, or too often',
        kind: 'counter',
        read: () => [...refusedBy('calls', calls), ...refusedBy('texts', texts)],
      },
    ],
    health: () => [sidePart('reach-calls', calls.trouble()), sidePart('reach-texts', texts.trouble())],
  }
}

/** Numbers in every writing, made anew only where they have become others. */
function writingsOf(numbers: () => readonly string[], home: Home): () => ReadonlySet<string> {
  let made: ReadonlySet<string> = new Set()
  let from = ''
  return () => {
    const now = numbers()
    if (now.join() !== from || made.size === 0) {
      from = now.join()
      made = new Set(now.flatMap(number => [number, normaliseNumber(number, home)]))
    }
    return made
  }
}

const refusedBy = (what: string, { refused }: Reach) =>
  [...refused()].map(([why, value]) => ({ labels: { what, why }, value }))
