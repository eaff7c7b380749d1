import type {
  CodecName,
  Key,
  KeySource,
  PlayEnd,
  PortNotices,
  Recording,
  Remote,
  TalkRecorded,
} from '../port.ts'
import type { Quality } from '../quality.ts'

/** A port as the main thread and its worker name it to each other. */
export type PortNumber = number

/** A sound as it goes to the line; the bytes lie in memory that the threads share, so a play carries no sound. */
export type EncodedSound = { readonly codec: CodecName; readonly bytes: Uint8Array }

/** What is asked of a worker and answered once; a play and a recording are answered when they end. */
export type Asks = {
  /** Without a socket its sound comes and goes in messages. */
  open: {
    port: PortNumber
    socket?: { readonly address: string; readonly rtpPort: number }
  } & Answer<'open' | 'taken'>
  play: {
    port: PortNumber
    sounds: readonly EncodedSound[]
    loop: boolean
    whole: boolean
  } & Answer<PlayEnd>
  /** False when one of the two is gone. */
  bridge: { port: PortNumber; other: PortNumber } & Answer<boolean>
  /** Hears these of the ports that are open, and nobody else; false when it is gone itself. */
  row: { port: PortNumber; hears: readonly PortNumber[] } & Answer<boolean>
  record: { port: PortNumber; path: string } & Answer<Recording>
  /** Keeps the conversation of this port's end. */
  'record-talk': {
    port: PortNumber
    path: string
    title: string
    isPaused: boolean
  } & Answer<TalkRecorded>
  quality: { port: PortNumber } & Answer<Quality>
  close: { port: PortNumber } & Answer<Quality>
}
type Answer<T> = { readonly answer?: T }
export type AskName = keyof Asks
export type AnswerTo<Name extends AskName> = NonNullable<Asks[Name]['answer']>

/** What is told to a worker, without an answer. */
export type Tells = {
  connect: { port: PortNumber; remote: Remote }
  /** What the other end of a port without a socket said; a key that it named. */
  hear: { port: PortNumber; payload: Uint8Array; timestamp: number }
  'hear-key': { port: PortNumber; key: Key }
  /** Ends the play or the recording that was asked with this id. */
  stop: { port: PortNumber; ask: number }
  /** Silence in the recording that was asked with this id, or sound again. */
  pause: { port: PortNumber; ask: number; on: boolean }
  key: { port: PortNumber; key: Key }
  interject: { port: PortNumber; sounds: readonly EncodedSound[]; isBeside: boolean }
  tap: { port: PortNumber; on: boolean }
  /** The last batch of tapped frames was taken: the next may come. */
  taken: Record<never, never>
}
export type TellName = keyof Tells

export type ToWorker =
  | { [Name in AskName]: { verb: 'request'; id: number; what: Name } & Omit<Asks[Name], 'answer'> }[AskName]
  | { [Name in TellName]: { verb: 'notify'; what: Name } & Tells[Name] }[TellName]

export type FromWorker =
  | { verb: 'answer'; id: number; answer: unknown }
  /** The request could not be done; what a log may say of why. */
  | { verb: 'refusal'; id: number; reason: string }
  | { verb: 'notify'; what: 'ready' }
  | { verb: 'notify'; what: 'key' | 'held'; port: PortNumber; key: Key; source: KeySource; atMs: number }
  | { verb: 'notify'; what: 'back'; port: PortNumber }
  | { verb: 'notify'; what: 'lost'; port: PortNumber; reason: PortNotices['lost']['reason'] }
  | { verb: 'notify'; what: 'frames'; batch: FrameBatch }
  /** What ports without a socket say in one slot: 160 bytes each, one after the other. */
  | { verb: 'notify'; what: 'said'; said: readonly PortNumber[]; payloads: Uint8Array }

/** Tapped frames, 160 bytes of payload each, one after the other. */
export type FrameBatch = {
  readonly heads: readonly FrameHead[]
  readonly payloads: Uint8Array
}
export type FrameHead = {
  readonly port: PortNumber
  readonly codec: CodecName
  readonly timestamp: number
  readonly direction: 'heard' | 'said'
}

/** What a worker is born with. */
export type WorkerData = { readonly counters: SharedArrayBuffer; readonly mediaTimeoutMs: number }
