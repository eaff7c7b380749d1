import { type Clock, createMailbox, Fault, newId, withDeadline } from '../foundation/index.ts'
import type { CodecName, Key, Port, TalkRecorder, TextPort } from '../media/index.ts'
import type { Call, CallEnd, DialOptions, HangupReason, KeyPress } from './call.ts'
import type { Journal } from './journal.ts'
import { hearKey, holdKey, noKeys } from './keys.ts'
import { beginLife } from './life.ts'
import type { DialogNames } from './lines/sip/api.ts'
import type { Sign } from './silence.ts'
import { type SilenceRules, watchSilence } from './silence-watch.ts'

/** What a protocol does for a call whose sound goes through a media port. Neither throws. */
export type Signalling = {
  /** Brings the call up; resolves when it is, or when it has ended instead. */
  answer(): Promise<void>
  /** Tells the other end that it is over, in whatever state the call is. */
  leave(reason: HangupReason): void
  /** Asks the other end's telephone whether it has the call; absent where it cannot be asked. */
  askPhone?(): Promise<Sign>
  /** Whether the other end has us on hold; absent where there is no such thing. */
  isHolding?(): boolean
}

export type MediaCall = {
  readonly call: Call
  /** It has been answered. @param dialog where another process may have to end it */
  answered(codec: CodecName, dialog?: DialogNames): void
  isUp(): boolean
  /** There is a way for text beside the sound. */
  type(text: TextLine): void
  /** A key that did not come through the port. */
  hear(press: KeyPress): void
  /** It is over, and the other end knows. */
  end(by: CallEnd['by'], reason: CallEnd['reason']): Promise<void>
}

export type MediaCallOptions = Pick<
  Call,
  | 'line'
  | 'direction'
  | 'caller'
  | 'callerName'
  | 'isProved'
  | 'language'
  | 'called'
  | 'answeredBy'
  | 'presence'
  | 'holds'
> & {
  readonly clock: Clock
  readonly port: Port
  readonly signalling: Signalling
  readonly journal: Journal
  readonly flow?: DialOptions['flow']
  /** An INVITE that was noted before there was a port for it; noted now when absent. */
  readonly noted?: Pick<Call, 'id' | 'invitedAtMs'>
  /** What is done about an end that falls silent; without them the media timeout ends its call. */
  readonly silence?: SilenceRules
  /** A seat's phone: whoever talks to it soon knows whether it is still there. */
  readonly isSeat?: boolean
}

/** Which port carries the sound of a call that is not over: what bridging, and dialling near, need of any line. */
const ports = new Map<Call, Port>()
export const portOf = (call: Call): Port | undefined => ports.get(call)

/** Text there and back, beside the sound of a call: real-time text. */
export type TextLine = Pick<TextPort, 'send' | 'onText'>

/** Of which calls one can read what is typed, and type. */
const texts = new Map<Call, TextLine>()
export const textOf = (call: Call): TextLine | undefined => texts.get(call)

/** Sends a key to the other end, as RFC 4733 or as tones: for a call of ours in another house's menu. */
export function pressKey(call: Call, key: Key): void {
  const port = ports.get(call)
  if (port) port.sendKey(key)
}

/**
 * Keeps the conversation of a call, as `Port.recordTalk` does; undefined where its sound goes through no port of ours, or
 * it is over.
 */
export const recordTalk = (
  call: Call,
  path: string,
  title: string,
  isPaused: boolean,
): TalkRecorder | undefined => ports.get(call)?.recordTalk(path, title, isPaused)

/** A worker that died answers no question; its calls end all the same. */
const closeWithinMs = 1_000

export function createMediaCall(options: MediaCallOptions): MediaCall {
  const { clock, port, signalling, journal, noted, silence: rules, ...named } = options
  const { id, invitedAtMs } = noted ?? { id: newId('call'), invitedAtMs: clock.now() }
  const keys = createMailbox<KeyPress>()
  const life = beginLife(how => {
    journal.write(id, { kind: 'ended', ...how })
    keys.close()
    silence?.stop()
    ports.delete(call)
    texts.delete(call)
  })
  let ledger = noKeys
  let isUp = false
  let ending: Promise<void> | undefined

  const hear = (press: KeyPress) => {
    const heard = hearKey(ledger, press)
    ledger = heard.ledger
    if (heard.fresh && !silence?.takes(press)) keys.put(press)
  }
  const end: MediaCall['end'] = (by, reason) => {
    ending ??= withDeadline(clock, closeWithinMs, port.close(), () => new Error('late')).then(
      quality => life.end({ by, reason, quality: isUp ? quality : undefined }),
      () => life.end({ by, reason }),
    )
    return ending
  }
  const over = () => ending !== undefined

  port.on('key', hear)
  port.on('held', held => {
    ledger = holdKey(ledger, held)
  })
  const fail = (reason: 'media-timeout' | 'worker-died') => {
    if (over()) return
    signalling.leave('done')
    void end('failure', reason)
  }
  const silence =
    rules &&
    watchSilence({
      clock,
      isHolding: () => signalling.isHolding?.() === true,
      isTalking: () => port.isHearing() || rules.isTalking(call),
      askPhone: signalling.askPhone,
      seats: options.isSeat ? rules.seats : undefined,
      onDoubt: isInDoubt => options.presence?.emit(isInDoubt ? 'away' : 'back', {}),
      question: () => rules.stillThere(call),
      say: port.interject,
      end: () => fail('media-timeout'),
    })
  port.on('lost', ({ reason }) => {
    if (reason === 'worker-died' || over()) return fail(reason)
    // Early media begins and ends as the network likes: how long a phone rings is for the one who dialled to say.
    if (!isUp) return
    if (silence) silence.fallSilent()
    else if (signalling.isHolding?.() !== true) fail(reason)
  })
  port.on('back', () => silence?.revive())

  /** What media does with these calls, which may end meanwhile. */
  const together = async (others: readonly Call[], arrange: (theirs: readonly Port[]) => Promise<void>) => {
    const theirs = others.flatMap(other => portOf(other) ?? [])
    const elsewhere = theirs.find(({ worker }) => worker !== port.worker)
    if (elsewhere) throw bridgeFault(id, `media in worker ${elsewhere.worker}`)
    if (theirs.length < others.length) throw bridgeFault(id, 'a call without a media port')
    try {
      await arrange(theirs)
    } catch (cause) {
      if (!over() && others.every(isOn)) throw bridgeFault(id, 'media that does not obey', cause)
    }
  }

  const call: Call = {
    ...named,
    id,
    invitedAtMs,
    keys,
    ended: life.ended,
    signal: life.signal,
    answer: () => (over() ? Promise.resolve() : signalling.answer()),
    async play(sounds, playOptions) {
      if (!isUp) await call.answer()
      return over() ? 'lost' : port.play(sounds, playOptions)
    },
    interject: sounds => void (over() || port.interject(sounds)),
    announce: sounds => void (over() || port.announce(sounds)),
    async bridge(other) {
      if (over() || other.signal.aborted) return
      await together([other], ([far]) => port.bridge(far!))
    },
    async listenTo(others) {
      if (!over()) await together(others.filter(isOn), port.listenTo)
    },
    tap: listen => (over() ? () => undefined : port.tap(listen)),
    record: (path, signal) => (over() ? Promise.resolve({ path, durationMs: 0 }) : port.record(path, signal)),
    async hangup(reason = 'done') {
      if (!over()) {
        signalling.leave(reason)
        const refused = named.direction === 'in' && !isUp
        void end('us', refused ? 'refused' : isUp ? 'hung-up' : 'cancelled')
      }
      await life.ended
    },
  }
  ports.set(call, port)
  const { line, direction, caller, callerName, called, isProved, flow } = named
  const name = callerName || undefined
  if (!noted) journal.write(id, { kind: 'invited', line, direction, caller, called, name, isProved, flow })
  return {
    call,
    hear,
    end,
    isUp: () => isUp,
    type(text) {
      if (over() || texts.has(call)) return
      const onText: TextLine['onText'] = listen =>
        text.onText(typed => {
          silence?.sign()
          listen(typed)
        })
      texts.set(call, { ...text, onText })
      journal.write(id, { kind: 'text' })
    },
    answered(codec, dialog) {
      isUp = true
      journal.write(id, { kind: 'answered', codec, dialog })
    },
  }
}

const isOn = ({ signal }: Call) => !signal.aborted

const bridgeFault = (id: Call['id'], found: string, cause?: unknown) =>
  new Fault({ code: 'bridge-failed', place: id, found, expected: 'a port in the same worker', cause })
