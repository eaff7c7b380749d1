import { type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Call } from '../telephony/index.ts'

/**
 * Where a caller and their seat are with each other.
 *
 * ```mermaid
 * stateDiagram-v2
 *   talking --> held
 *   held --> talking
 *   talking --> moving
 *   held --> moving
 *   moving --> talking
 *   moving --> held
 * ```
 */
export type TalkPhase =
  | 'talking'
  /** The caller hears music, the seat nothing. */
  | 'held'
  /** As held, while somebody else is rung for the caller. Until they answer the caller still has this seat. */
  | 'moving'

/**
 * `served`: one of the two hung up. `moved`: the caller talks to another leg now. `failed`: the seat's phone broke.
 * `returned`: the seat hung up while it moved the call, and nobody took it. After the last two the caller is there
 * and needs a person.
 */
export type ConversationEnd =
  | { readonly kind: 'served' | 'returned' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'moved'; readonly leg: Call }

export type Conversation = {
  phase(): TalkPhase
  /** Both do nothing when it is so already. @throws Fault `not-now` while the call is being moved */
  hold(): void
  resume(): Promise<void>
  /**
   * Rings somebody else, by a function that gives up with the signal, and hands the caller over once they answer.
   * Rejects when they do not: the caller is then where they were. @throws Fault `not-now`, or what `ring` throws
   */
  move(ring: (signal: AbortSignal) => Promise<Call>): Promise<void>
  /** Gives up moving. */
  cancel(): void
  readonly over: Promise<ConversationEnd>
}

export type ConversationOptions = {
  readonly call: Call
  readonly leg: Call
  /** Played, over and over, to a caller who is on hold. */
  readonly music: Sound
  readonly onPhase: (phase: TalkPhase) => void
  readonly clock: Clock
  readonly log: Log
}

/** A bridge is a copy in one worker; one that takes longer will not come. */
const bridgeMs = 2_000

/** @throws Fault `bridge-failed` */
export function bridgeLegs(clock: Clock, call: Call, leg: Call): Promise<void> {
  const late = () => notNow('bridge-failed', `no bridge within ${bridgeMs} ms`)
  return withDeadline(clock, bridgeMs, call.bridge(leg), late)
}

export async function hangUp(call: Call, log: Log): Promise<void> {
  try {
    await call.hangup()
  } catch (error) {
    log.warn({ call: call.id, reason: reasonOf(error) }, 'hanging up failed')
  }
}

/** From the bridge on, until the seat and the caller have nothing more to do with each other. */
export function openConversation(options: ConversationOptions): Conversation {
  const { call, leg, onPhase, clock, log } = options
  let phase: TalkPhase = 'talking'
  let music: AbortController | undefined
  let moving: AbortController | undefined
  let isOver = false
  let tell!: (end: ConversationEnd) => void
  const over = new Promise<ConversationEnd>(resolve => {
    tell = resolve
  })

  const become = (next: TalkPhase) => {
    if (isOver || phase === next) return
    phase = next
    onPhase(next)
  }
  const finish = (end: ConversationEnd) => {
    if (isOver) return
    isOver = true
    music?.abort()
    moving?.abort(notNow('cancelled', 'a call that is over'))
    if (end.kind === 'served') void hangUp(call, log)
    void hangUp(leg, log)
    tell(end)
  }
  const playMusic = () => {
    music = new AbortController()
    call.play([options.music], { loop: true, signal: music.signal }).catch((error: unknown) => {
      log.warn({ call: call.id, reason: reasonOf(error) }, 'no music on hold')
    })
  }
  const rejoin = async () => {
    music?.abort()
    await bridgeLegs(clock, call, leg)
    become('talking')
  }

  /** The caller hears music while the seat's page is loaded anew, and stays with this seat. */
  const isBetween = () => phase === 'talking' && !isOver
  leg.presence?.on('away', () => isBetween() && playMusic())
  leg.presence?.on('back', () => {
    if (isBetween()) rejoin().catch((error: unknown) => finish({ kind: 'failed', reason: reasonOf(error) }))
  })
  void call.ended.then(() => finish({ kind: 'served' }))
  void leg.ended.then(({ by, reason }) => {
    // Who is moving the call may hang up: somebody is being rung for the caller.
    if (moving) return
    if (by === 'failure') finish({ kind: 'failed', reason: `seat-${reason}` })
    else finish({ kind: 'served' })
  })

  return {
    over,
    phase: () => phase,
    hold() {
      if (moving) throw notNow('not-now', 'a call that is being moved')
      if (phase === 'held' || isOver) return
      playMusic()
      become('held')
    },
    async resume() {
      if (moving) throw notNow('not-now', 'a call that is being moved')
      if (phase === 'held' && !isOver) await rejoin()
    },
    async move(ring) {
      if (moving || isOver)
        throw notNow('not-now', isOver ? 'a call that is over' : 'a call that is being moved')
      const before = phase
      const stop = new AbortController()
      moving = stop
      if (before === 'talking') playMusic()
      become('moving')
      let other: Call | undefined
      try {
        other = await ring(stop.signal)
        stop.signal.throwIfAborted()
        await bridgeLegs(clock, call, other)
        if (call.signal.aborted || other.signal.aborted) throw notNow('hung-up', 'one who hung up')
        finish({ kind: 'moved', leg: other })
      } catch (error) {
        moving = undefined
        if (other) await hangUp(other, log)
        if (leg.signal.aborted) finish({ kind: 'returned' })
        else if (!isOver && before === 'talking') await rejoin()
        else if (!isOver) {
          music?.abort()
          playMusic()
          become('held')
        }
        throw error
      }
    },
    cancel: () => moving?.abort(notNow('cancelled', 'a seat that changed its mind')),
  }
}

const notNow = (code: string, found: string) =>
  new Fault({ code, place: 'conversation', found, expected: 'a caller and a seat that talk' })
