import type { Call, CallFact } from '../telephony/index.ts'
import type { EventName } from './api.ts'
import type { EventDetail } from './words.ts'

type Beside = 'third' | 'supervisor'
type Muted = Extract<CallFact, { kind: 'muted' }>['who']

type Ears = {
  /** The number that citizens know the agent at a seat by. */
  readonly agentOf?: (seat: string) => number | undefined
  readonly legOf: (id: Call['id']) => Call | undefined
  readonly tell: (event: EventName, detail?: EventDetail) => void
  /** Listens to whoever is worth it now. */
  readonly attend: () => void
  readonly stopListening: (id: Call['id']) => void
  /** Listens to nobody but the caller. */
  readonly stopOthers: () => void
}

/** Who is beside the caller and the seat, and whether the caller hears any of them: what they do not hear is on nobody's screen. */
export function createCompany({ agentOf, legOf, tell, attend, stopListening, stopOthers }: Ears) {
  /** Whom the seat asked in, and a supervisor, while the caller hears them. */
  const heard = new Map<Beside, Call>()
  /** Whom nobody hears for now: their words are on nobody's screen either. */
  const muted = new Set<Muted>()
  let isHeld = false

  const part = (who: Beside, name: EventDetail['name'], isGone: boolean) => {
    const leg = heard.get(who)
    if (!leg) return
    heard.delete(who)
    stopListening(leg.id)
    if (isGone) tell('third-left', { name })
  }
  const join = (who: Beside, leg: Call, name: EventDetail['name']) => {
    heard.set(who, leg)
    tell('third-joined', { name })
    attend()
  }
  const calledBy = (who: Beside, name: string): EventDetail['name'] => {
    if (who === 'supervisor') return ['班长', 'A supervisor']
    const agent = agentOf?.(name)
    return agent === undefined ? [name, name] : [`${agent} 号话务员`, `Agent ${agent}`]
  }

  return {
    others: () => [...heard].flatMap(([who, leg]) => (who === 'third' && muted.has(who) ? [] : [leg])),
    isHeld: () => isHeld,
    isMuted: (who: Muted) => muted.has(who),
    /** @param leg the caller's */
    mute({ who, muted: isMuted }: Extract<CallFact, { kind: 'muted' }>, leg: Call['id']) {
      if (isMuted) muted.add(who)
      else muted.delete(who)
      const theirs = who === 'caller' ? leg : heard.get(who)?.id
      if (!isMuted) attend()
      else if (theirs !== undefined) stopListening(theirs)
    },
    /** Another conversation begins. */
    begin() {
      isHeld = false
      heard.clear()
      muted.clear()
    },
    hold(held: boolean) {
      isHeld = held
      tell(held ? 'hold' : 'resumed')
      if (held) stopOthers()
      else attend()
    },
    follow({ who, name, is, leg, how }: Extract<CallFact, { kind: 'party' }>) {
      // What becomes of a telephone's network changes nothing of who is heard.
      if (who === 'seat' || is === 'away' || is === 'back') return
      const called = calledBy(who, name)
      // A supervisor who listens, or whispers to the seat, is on nobody's screen.
      const isHeard = who === 'third' ? is === 'joined' : is === 'here' && how === 'speaking'
      const other = leg === undefined ? undefined : legOf(leg)
      if (!isHeard) part(who, called, is === 'gone')
      else if (other && heard.get(who) !== other) join(who, other, called)
    },
  }
}
