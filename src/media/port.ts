import type { Off } from '../foundation/index.ts'
import type { MediaFigures } from './figures.ts'
import type { Quality } from './quality.ts'
import type { Sound } from './sound.ts'
import type { TextPort } from './text-port.ts'

/** An RTP payload that both sides know without negotiation (RFC 3551, section 6). Both are G.711 at 8 kHz. */
export type CodecName = 'PCMA' | 'PCMU'

/** A key of the telephone pad, as RFC 4733 names events 0 to 15. */
export type Key =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '*'
  | '#'
  | 'A'
  | 'B'
  | 'C'
  | 'D'

/** How a key reached us: named in RTP (RFC 4733), found as two tones in the audio (ITU-T Q.23), or told by its line. */
export type KeySource = 'rtp-event' | 'tone' | 'message'

/** The other end, as its SDP said. */
export type Remote = {
  readonly address: string
  readonly port: number
  /** Where its signalling comes from: sound from there is its own, whatever address it named (RFC 3264 names where it hears). */
  readonly signalsFrom?: string
  /** Nobody vouches for it: where its sound goes elsewhere, it is sent little before it speaks from there. */
  readonly isStranger?: boolean
  readonly codec: CodecName
  /** Payload type of the codec, where it is not its own of RFC 3551. */
  readonly payloadType?: number
  /** Payload type of telephone-event, by which keys are said; absent: they are said as tones. */
  readonly eventPayloadType?: number
  /** The number that we gave telephone-event where it is another: keys may come by it, too (RFC 3264, section 6.1). */
  readonly ownEventPayloadType?: number
  /** While it is bridged to an end that speaks, silence of so long is told, where that is less than the media timeout. */
  readonly missedAfterMs?: number
  /** What it wants of us (SDP direction seen from us): false while it has us on hold. */
  readonly send: boolean
}

export type PortNotices = {
  /**
   * A key was heard, once, while it is still down. `atMs` is monotonic: the arrival of the first packet that names it,
   * or where its tone was sure.
   */
  readonly key: { readonly key: Key; readonly source: KeySource; readonly atMs: number }
  /** The key heard last was still down at that time; told every 200 ms. */
  readonly held: { readonly key: Key; readonly source: KeySource; readonly atMs: number }
  /**
   * No packet from the other end for as long as the pool's media timeout, reports included, be it on hold or not; or the
   * worker died.
   */
  readonly lost: { readonly reason: 'media-timeout' | 'worker-died' }
  /** After a media timeout something came again, or the end was bridged or connected anew: its time begins anew. */
  readonly back: Record<never, never>
}

/** `finished`: heard to the end; `stopped`: by signal, by another play, by a bridge; `lost`: the port is gone. */
export type PlayEnd = 'finished' | 'stopped' | 'lost'

export type PlayOptions = {
  readonly loop?: boolean
  /**
   * Waits while the other end has us on hold, where it would be said to nobody: the sound that was cut short is then said
   * from its beginning. Without it a play goes on meanwhile, as music does.
   */
  readonly whole?: boolean
  readonly signal?: AbortSignal
}

/** 160 samples of G.711, 20 ms, as they came from the line or went to it. Valid only during the call: copy to keep. */
export type Frame = {
  readonly codec: CodecName
  readonly payload: Uint8Array
  /** Samples at 8 kHz since the port was connected. */
  readonly timestamp: number
  /** Which way: from the other end, or to it. */
  readonly direction: 'heard' | 'said'
}

export type Recording = { readonly path: string; readonly durationMs: number }

/**
 * A stretch in which a recording of a conversation is silent. `alone`: nobody heard the citizen, and they heard nobody, as
 * on hold; `paused`: somebody asked for it; `lost`: the disk was too slow.
 */
export type TalkSpan = {
  readonly kind: 'alone' | 'paused' | 'lost'
  readonly fromMs: number
  readonly untilMs: number
}

/** What came of the recording of a conversation. */
export type TalkRecorded = {
  /** From the first 20 ms with somebody to the last; 0 where nobody ever was there, and then there is no file. */
  readonly durationMs: number
  /** Monotonic: when it began. */
  readonly beganAtMs?: number
  readonly spans: readonly TalkSpan[]
  /** What broke it off: the file system's code, as ENOSPC, or `worker-died`, after which the file has to tell its length. */
  readonly cutBy?: string
}

export type TalkRecorder = {
  /** From now on both channels are silent, until it goes on; the time runs. */
  pause(isPaused: boolean): void
  /** Ends it; `done` follows when all is on the disk. */
  end(): void
  readonly done: Promise<TalkRecorded>
}

/** One way for sound, there and back, served by the 20 ms loop of one worker thread. */
export type Port = {
  readonly id: string
  /** Index of its worker; only ports of one worker can be bridged. */
  readonly worker: number
  on<Name extends keyof PortNotices>(name: Name, listen: (notice: PortNotices[Name]) => void): Off
  /** Plays sounds one after the other, replacing what plays. */
  play(sounds: readonly Sound[], options?: PlayOptions): Promise<PlayEnd>
  /** Says this over whatever plays or is bridged, which then goes on where it was; with nothing, stops saying. */
  interject(sounds: readonly Sound[]): void
  /** The same where people talk: their voices are heard beneath it, half as loud, and it comes after what is being said so. */
  announce(sounds: readonly Sound[]): void
  /** Sends a key as RFC 4733, or as tones where the other end knows no events. */
  sendKey(key: Key): void
  /**
   * Lets the two ends hear each other and nobody else, until one port closes, plays or is bridged anew; resolves as soon as they do.
   * Keys are heard on both, and telephone-events are passed on. @throws Fault `bridge-failed`
   */
  bridge(other: Port): Promise<void>
  /**
   * Lets this end hear these and nobody else from now on, their voices added; with nobody, what plays goes on. Who hears
   * this end is for their rows to say. Rows that are given at once hold from one 20 ms on, and one that is closed is left
   * out of them. @throws Fault `bridge-failed` where one is in another worker, or this one is closed
   */
  listenTo(others: readonly Port[]): Promise<void>
  /** Whether it hears anybody now. */
  isHearing(): boolean
  /** Hands every frame of this port to `listen` on the main thread, until taken off. */
  tap(listen: (frame: Frame) => void): Off
  /**
   * Writes what is heard and said to a WAV file, two channels (left: heard), until the signal aborts or the
   * port closes. @throws Fault `recording-failed`
   */
  record(path: string, signal?: AbortSignal): Promise<Recording>
  /**
   * Keeps the conversation of this end in a file that is not there yet (`talk-file.ts`), until it is ended or the port
   * closes: on the left what the end says while somebody hears it, on the right what it hears of others. Never rejects.
   */
  recordTalk(path: string, title: string, isPaused?: boolean): TalkRecorder
  quality(): Promise<Quality>
  close(): Promise<Quality>
}

/** One RTP socket and all that happens on it. */
export type MediaPort = Port & {
  readonly local: { readonly address: string; readonly port: number }
  /** Sends to and listens to `remote` from now on; again after a re-INVITE. */
  connect(remote: Remote): void
}

/** A port without a socket: a line brings what the other end says and takes what it is to hear, as over a WebSocket. */
export type StreamPort = Port & {
  /** Speaks and listens from now on. @param missedAfterMs as a `Remote` has it */
  connect(codec: CodecName, missedAfterMs?: number): void
  /** Sound from the other end, up to 200 ms of it. @param timestamp samples at 8 kHz, 32 bits, from any origin. */
  hear(payload: Uint8Array, timestamp: number): void
  /** A key that the other end named in a message; heard, and said on over a bridge, as one from RTP is. */
  hearKey(key: Key): void
}

/** A worker thread as operators and tests see it; one that ends, for whatever reason, is replaced by a new one. */
export type MediaWorker = {
  isAlive(): boolean
  readonly ports: number
  terminate(): Promise<void>
}

/** The worker threads and their ports. */
export type MediaPool = {
  /** Version of IP that its sockets speak. */
  readonly family: 4 | 6
  /** Opens a port, in the same worker as `near` if given. @throws Fault `media-full` when no port is free. */
  open(near?: Port): Promise<MediaPort>
  /**
   * The same for a port without a socket.
   * @param onSay takes what is to be heard at the other end, 160 bytes each 20 ms; they are the taker's to keep.
   */
  openStream(onSay: (payload: Uint8Array) => void, near?: Port): Promise<StreamPort>
  /** Opens a way for text, as a telephone with real-time text has it. @throws Fault `media-full` */
  openText(): Promise<TextPort>
  /** Ports open now. */
  size(): number
  workers(): readonly MediaWorker[]
  figures(): MediaFigures
  close(): Promise<void>
}
