import type {
  Connection,
  SpeechRecognitionCanceledEventArgs,
  SpeechRecognitionResult,
} from 'microsoft-cognitiveservices-speech-sdk'
import { z } from 'zod'
import { type Cancel, type Clock, type Fault, reasonOf } from '../../foundation/index.ts'
import { type CodecName, sampleRate } from '../../media/index.ts'
import { type AzureAccess, configOf, loadSdk, localeOf, type Sdk } from '../azure.ts'
import { deafFault } from '../faults.ts'
import { createIntake, type KeptFrame } from '../hearing-intake.ts'
import { createOutlet } from '../hearing-outlet.ts'
import type { HeardWords, Hearing, HearingFailure, ListenOptions, Recognizer } from '../recognizer.ts'
import { createSoundTimeline } from '../sound-timeline.ts'
import { createStallWatch } from '../stall.ts'

type Options = { readonly access: AzureAccess; readonly clock: Clock }

/** The service's limit for phrases in one list. */
const mostPhrases = 500
/** The SDK buffers without limit, so give it at most this much more than it has sent; the rest waits here. */
const mostUnsentBytes = sampleRate
/** How long the last words may take after the end of the sound. */
const lastWordsMs = 2_000

/**
 * Azure's speech service, or its container, through its SDK: one continuous recognition per hearing, fed with G.711 as it
 * came from the line. The SDK reopens a dropped connection and resends what was not recognized. If that fails too often,
 * the hearing fails.
 */
export function createAzureRecognizer({ access, clock }: Options): Recognizer {
  const open = new Set<() => void>()
  const loading = loadSdk()
  // Each hearing awaits this as well and reports the error.
  loading.catch(() => undefined)
  return {
    name: 'azure',
    listen(options) {
      let over: () => void = () => undefined
      const [hearing, stop] = listen(loading, access, options, clock, () => over())
      if (!options.signal?.aborted) open.add(stop)
      over = () => void open.delete(stop)
      return hearing
    },
    async close() {
      for (const stop of open) stop()
    },
  }
}

function listen(
  loading: Promise<Sdk>,
  access: AzureAccess,
  options: ListenOptions,
  clock: Clock,
  onOver: () => void,
): [Hearing, stop: () => void] {
  const { signal } = options
  const intake = createIntake()
  const outlet = createOutlet()
  const watch = createStallWatch()
  let sdk: Sdk | undefined
  let session: Session | undefined
  let isClosed = false
  let lastId = 0
  let cancelDeadline: Cancel = () => undefined

  const stop = (fault?: Fault) => {
    if (outlet.isOver) return
    cancelDeadline()
    signal?.removeEventListener('abort', abort)
    outlet.end(fault)
    session?.drop()
    onOver()
  }
  const abort = () => stop()

  const begin = (from: Sdk, codec: CodecName): Session => {
    const begun = beginSession(from, access, codec, options, {
      say: words => void (outlet.isOver || outlet.put(words)),
      newId: () => ++lastId,
      onRoom: () => flow(),
      onHeard: () => watch.spoke(clock.monotonicMs()),
      onOver(fault) {
        // A session that was replaced for another codec may end in any way.
        if (session === begun) stop(fault)
      },
    })
    return begun
  }

  /** Hands waiting sound to the SDK as long as it keeps up. */
  const flow = () => {
    while (sdk && !outlet.isOver && (session?.hasRoom() ?? true)) {
      const next = intake.take()
      if (!next) {
        if (isClosed && session) session.finish()
        else if (isClosed) stop()
        return
      }
      if (!('payload' in next)) {
        outlet.put(next)
        continue
      }
      if (session && session.codec !== next.codec) session.finish()
      if (session?.codec !== next.codec) session = begin(sdk, next.codec)
      session.write(next)
    }
  }

  loading.then(
    loaded => {
      sdk = loaded
      flow()
    },
    error => stop(deafFault('recognizer-failed', 'azure', reasonOf(error), 'the Speech SDK', error)),
  )
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', abort, { once: true })

  const hearing: Hearing = {
    words: outlet.words,
    push(frame, atMs) {
      if (isClosed || outlet.isOver) return
      const nowMs = clock.monotonicMs()
      watch.gave(frame, nowMs)
      intake.push(frame, atMs)
      flow()
      const stalled = watch.reason(nowMs)
      if (stalled !== undefined) stop(deafFault('recognizer-stalled', 'azure', stalled))
    },
    close() {
      if (isClosed) return
      isClosed = true
      cancelDeadline = clock.after(lastWordsMs, () => stop())
      flow()
    },
  }
  return [hearing, stop]
}

type SessionEvents = {
  readonly say: (words: HeardWords) => void
  readonly newId: () => number
  /** Called when something was sent. */
  readonly onRoom: () => void
  /** Called when the service reported something, even without words. */
  readonly onHeard: () => void
  readonly onOver: (fault?: Fault) => void
}

/** One continuous recognition of the SDK, in one codec. */
type Session = {
  readonly codec: CodecName
  hasRoom(): boolean
  write(frame: KeptFrame): void
  /** Ends the sound; the last words may still follow. */
  finish(): void
  /** Ends the session at once. */
  drop(): void
}

function beginSession(
  sdk: Sdk,
  access: AzureAccess,
  codec: CodecName,
  { language, phrases = [] }: ListenOptions,
  { say, newId, onRoom, onHeard, onOver }: SessionEvents,
): Session {
  const tag = codec === 'PCMA' ? sdk.AudioFormatTag.ALaw : sdk.AudioFormatTag.MuLaw
  const stream = sdk.AudioInputStream.createPushStream(
    sdk.AudioStreamFormat.getWaveFormat(sampleRate, 8, 1, tag),
  )
  const config = configOf(sdk, access)
  config.speechRecognitionLanguage = localeOf(language)
  config.outputFormat = sdk.OutputFormat.Detailed
  const recognizer = new sdk.SpeechRecognizer(config, sdk.AudioConfig.fromStreamInput(stream))
  if (phrases.length > 0)
    sdk.PhraseListGrammar.fromRecognizer(recognizer).addPhrases(phrases.slice(0, mostPhrases))
  const connection: Connection = sdk.Connection.fromRecognizer(recognizer)
  const timeline = createSoundTimeline()
  let given = 0
  let sent = 0
  /** The interim words of the utterance that is not final yet. */
  let open: HeardWords | undefined
  let isDropped = false
  let isFinished = false

  /** @param result its times are in units of 100 ns from the first sound given */
  const tell = (kind: HeardWords['kind'], result: SpeechRecognitionResult) => {
    const text = result.text ?? ''
    if (!open && text === '') return
    const fromMs = result.offset / 10_000
    const sure = kind === 'final' ? confidenceIn(result.json) : undefined
    open = {
      kind,
      id: open?.id ?? newId(),
      text,
      startMs: timeline.at(fromMs + 1),
      endMs: timeline.at(fromMs + result.duration / 10_000),
      confidence: sure,
    }
    say(open)
    if (kind === 'final') open = undefined
  }
  const leave = () => {
    if (isDropped) return
    isDropped = true
    stream.close()
    // The recognizer's own `close` waits for the service to end its turn, which a stalled service never does; closing the
    // connection instead makes the SDK open a new one.
    const inner = recognizer.internalData as { dispose(): Promise<void> }
    inner.dispose().catch(() => undefined)
  }
  const over = (fault?: Fault) => {
    if (isDropped) return
    // The sound ended within an utterance: make its interim words final.
    if (open && !fault) say({ ...open, kind: 'final' })
    onOver(fault)
    leave()
  }

  recognizer.recognizing = (_, { result }) => tell('interim', result)
  recognizer.recognized = (_, { result }) => tell('final', result)
  recognizer.canceled = (_, event) => {
    if (event.reason === sdk.CancellationReason.EndOfStream) over()
    else over(deafFault(failureOf(sdk, event), 'azure', event.errorDetails ?? 'no reason given'))
  }
  recognizer.sessionStopped = () => over()
  connection.messageReceived = onHeard
  connection.messageSent = ({ message }) => {
    if (message.path !== 'audio' || !message.binaryMessage) return
    // After a reconnection some sound is sent again, but was given only once.
    sent = Math.min(given, sent + message.binaryMessage.byteLength)
    onRoom()
  }
  recognizer.startContinuousRecognitionAsync(undefined, reason =>
    over(deafFault('recognizer-failed', 'azure', reason)),
  )

  return {
    codec,
    hasRoom: () => given - sent < mostUnsentBytes,
    write({ payload, atMs }) {
      if (isFinished || isDropped) return
      timeline.add((payload.length * 1000) / sampleRate, atMs)
      given += payload.length
      // The SDK takes the whole underlying buffer, which is fine because the payload is our own copy.
      stream.write(payload.buffer as ArrayBuffer)
    },
    finish() {
      if (isFinished) return
      isFinished = true
      stream.close()
    },
    drop: leave,
  }
}

/** Why the SDK stopped: by its code, or by the HTTP status in its text if the code says little. */
function failureOf(
  sdk: Sdk,
  { errorCode, errorDetails }: SpeechRecognitionCanceledEventArgs,
): HearingFailure {
  const codes = sdk.CancellationErrorCode
  const details = errorDetails ?? ''
  if (errorCode === codes.TooManyRequests || /\b(429|4429|503)\b|quota|too many/i.test(details))
    return 'recognizer-throttled'
  if ([codes.AuthenticationFailure, codes.Forbidden, codes.BadRequestParameters].includes(errorCode))
    return 'recognizer-refused'
  if (/\b40[0134]\b/.test(details)) return 'recognizer-refused'
  return errorCode === codes.ServiceTimeout ? 'recognizer-stalled' : 'recognizer-failed'
}

const detailed = z.object({ NBest: z.array(z.object({ Confidence: z.number().min(0).max(1) })).min(1) })

function confidenceIn(json: string | undefined): number | undefined {
  try {
    return detailed.safeParse(JSON.parse(json ?? '')).data?.NBest[0]?.Confidence
  } catch {
    return undefined
  }
}
