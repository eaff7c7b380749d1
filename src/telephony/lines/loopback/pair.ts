import { type Clock, createEvents, createMailbox, Fault, newId } from '../../../foundation/index.ts'
import { type Frame, hearEachOther, hearNobody, hearOnly, type Sound } from '../../../media/index.ts'
import type { Call, CallEnd, HoldNotices, KeyPress, PresenceNotices } from '../../call.ts'
import type { Journal } from '../../journal.ts'
import { beginLife } from '../../life.ts'
import type { HeardText, LoopbackPhone } from './phone.ts'
import { createPlayer } from './player.ts'

/** A call with its two ends: the house's and the phone's. */
export type Pair = {
  readonly call: Call
  readonly phone: LoopbackPhone
  /** Which worker its media would be in: only pairs of one can be bridged. */
  readonly worker: number
  /** False if the call ended before anyone answered. */
  readonly answered: Promise<boolean>
  end(end: CallEnd): void
  /** What the one at the other end says arrives. */
  hear(heard: Omit<HeardText, 'atMs'>): void
  /** Whom its phone hears, and who hears it. */
  hears: readonly Pair[]
  heardBy: readonly Pair[]
  /** Ends what the house plays to it. */
  silence(): void
}

export type PairOptions = Pick<Call, 'line' | 'direction' | 'caller' | 'language' | 'called' | 'isProved'> & {
  readonly clock: Clock
  readonly journal: Journal
  readonly worker: number
  readonly shows: LoopbackPhone['shows']
  readonly flow?: string
  /** Finds the pair of a call, to bridge with. */
  readonly pairOf: (call: Call) => Pair | undefined
}

export function createPair({ clock, journal, worker, shows, pairOf, ...named }: PairOptions): Pair {
  const id = newId('call')
  const keys = createMailbox<KeyPress>()
  const ear = createMailbox<HeardText>()
  const heard: HeardText[] = []
  const presence = createEvents<PresenceNotices>(error => {
    throw error
  })
  const holds = createEvents<HoldNotices>(error => {
    throw error
  })
  const taps = new Set<(frame: Frame) => void>()
  let isAnswered = false
  let tellAnswered: (really: boolean) => void
  const answered = new Promise<boolean>(resolve => {
    tellAnswered = resolve
  })

  const openedAtMs = clock.monotonicMs()
  const tapped = (direction: Frame['direction'], text: string) => {
    const timestamp = Math.round((clock.monotonicMs() - openedAtMs) * 8)
    // Words in UTF-8 stand where a real line has sound; a scripted recognizer reads them.
    const frame: Frame = { codec: 'PCMA', payload: new TextEncoder().encode(text), timestamp, direction }
    for (const listen of taps) listen(frame)
  }
  const hear = (what: Omit<HeardText, 'atMs'>) => {
    const entry = { ...what, atMs: clock.monotonicMs() }
    heard.push(entry)
    ear.put(entry)
    tapped('said', what.text)
  }
  const sayOver = (sounds: readonly Sound[]) => {
    if (talking()) for (const { text = '' } of sounds) hear({ from: 'house', text })
  }
  const player = createPlayer(clock, (sound: Sound) => hear({ from: 'house', text: sound.text ?? '' }))

  const life = beginLife(end => {
    journal.write(id, { kind: 'ended', ...end })
    hearNobody(pair)
    player.stop('lost')
    tellAnswered(false)
    keys.close()
    ear.close()
  })
  const talking = () => isAnswered && !life.signal.aborted
  const pickUp = () => {
    if (life.signal.aborted || isAnswered) return
    isAnswered = true
    journal.write(id, { kind: 'answered' })
    tellAnswered(true)
  }

  const near = (other: Call): Pair => {
    const peer = pairOf(other)
    if (peer?.worker === worker) return peer
    throw new Fault({
      code: 'bridge-failed',
      place: id,
      found: 'a call whose media is elsewhere',
      expected: 'one dialled near this one',
    })
  }

  const call: Call = {
    ...named,
    id,
    invitedAtMs: clock.now(),
    keys,
    ended: life.ended,
    signal: life.signal,
    presence,
    holds,
    answer: async () => pickUp(),
    play(sounds, options) {
      if (named.direction === 'in') pickUp()
      if (!talking()) return Promise.resolve('lost')
      hearNobody(pair)
      return player.play(sounds, options)
    },
    interject: sayOver,
    announce: sayOver,
    async bridge(otherCall) {
      if (!talking() || otherCall.signal.aborted) return
      const peer = near(otherCall)
      hearEachOther(pair, peer)
      for (const one of [pair, peer]) one.silence()
    },
    async listenTo(others) {
      if (!talking()) return
      hearOnly(pair, others.filter(({ signal }) => !signal.aborted).map(near))
      if (pair.hears.length > 0) pair.silence()
    },
    tap(listen) {
      taps.add(listen)
      return () => taps.delete(listen)
    },
    record(path, signal) {
      if (life.signal.aborted) return Promise.resolve({ path, durationMs: 0 })
      const startedAtMs = clock.monotonicMs()
      return new Promise(resolve => {
        const done = () => resolve({ path, durationMs: clock.monotonicMs() - startedAtMs })
        for (const stop of [signal, life.signal]) {
          if (stop?.aborted) done()
          stop?.addEventListener('abort', done, { once: true })
        }
      })
    },
    async hangup() {
      const refused = named.direction === 'in' && !isAnswered
      life.end({ by: 'us', reason: refused ? 'refused' : isAnswered ? 'hung-up' : 'cancelled' })
    },
  }

  const phone: LoopbackPhone = {
    number: named.direction === 'in' ? named.caller : named.called,
    shows,
    heard,
    ear,
    answered,
    ended: life.ended,
    accept: pickUp,
    reject: how => life.end({ by: 'them', reason: how === 'busy' ? 'busy' : 'refused' }),
    press(key) {
      if (talking()) keys.put({ key, source: 'rtp-event', atMs: clock.monotonicMs() })
    },
    say(text) {
      if (!talking()) return
      tapped('heard', text)
      for (const one of pair.heardBy) one.hear({ from: 'other', text })
    },
    hangup: () => life.end({ by: 'them', reason: isAnswered ? 'hung-up' : 'cancelled' }),
    leave: () => presence.emit('away', {}),
    comeBack: () => presence.emit('back', {}),
    hold: () => holds.emit('held', {}),
    resume: () => holds.emit('resumed', {}),
    vanish: how => life.end({ by: 'failure', reason: how }),
  }

  const pair: Pair = {
    call,
    phone,
    worker,
    answered,
    end: life.end,
    hear,
    hears: [],
    heardBy: [],
    silence: () => player.stop('stopped'),
  }
  const { line, direction, caller, called, isProved, flow } = named
  journal.write(id, { kind: 'invited', line, direction, caller, called, isProved, flow })
  return pair
}
