import { type Clock, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { PlayEnd, Sound } from '../media/index.ts'
import type { Recognizer, VoiceLanguage } from '../speech/index.ts'
import { type Call, type CallFact, textOf } from '../telephony/index.ts'
import type { CaptionLine, EventName } from './api.ts'
import { createCompany } from './company.ts'
import { createEars, type EarState } from './ears.ts'
import type { CallFigures, CaptionFigures } from './figures.ts'
import type { Change } from './line.ts'
import { followPrompt, type PromptLine } from './prompt-line.ts'
import { createTextKeyboard, createTextScreen, type TextScreen } from './text-screen.ts'
import { createTranscript, type Transcript } from './transcript.ts'
import { createTyping, type Typing } from './typing.ts'
import { createWithheld } from './withheld.ts'
import { type EventDetail, eventLine } from './words.ts'

export type CaptionStatus = {
  readonly ear: EarState
  /** Who talks with the caller: the number that citizens know them by, where they have one. */
  readonly agent?: { readonly number?: number }
  readonly over: boolean
}

/** The captions of one call, from its INVITE until it is over. */
export type CallCaptions = {
  readonly call: Call
  readonly transcript: Transcript
  readonly typing: Typing
  status(): CaptionStatus
  /**
   * From now on people are listened to, and prompts appear word by word.
   * @param isAsked somebody asked for it: then what is said is kept when the call is over
   */
  turnOn(isAsked?: boolean): void
  /** Listens to a caller who waits, too, until somebody talks with them; nobody asked for what is shown of it. */
  hearWaiting(): void
  readonly isAsked: boolean
  readonly isOn: boolean
  /** What is said and typed meanwhile is read by whoever reads now, and not kept: somebody tells the number of a card. */
  withhold(isWithheld: boolean): void
  /** What of it may be kept. */
  keepable(): readonly CaptionLine[]
  /** The house plays to the caller. */
  plays(sounds: readonly Sound[], playing: Promise<PlayEnd>): void
  /** The house would say this, and has no voice. */
  cannotSay(texts: readonly string[]): void
  /** Something went into the call's journal. */
  happens(fact: CallFact): void
  /** A seat's phone is answered, and may be bridged with this call. */
  meets(seatCall: Call): void
  /** Says something of its own into the transcript. */
  tell(event: EventName, detail?: EventDetail): void
  /** Has a line spoken to the other side; resolves false when nobody is there to hear it. */
  voice(id: CaptionLine['id']): Promise<boolean>
  /** Resolves when all that people said up to now is in the transcript, once they are listened to no more. */
  heardOut(): Promise<unknown>
  /** What it came to. */
  figures(): CallFigures
}

/** What the captions of every call share. */
export type CaptionDependencies = {
  readonly clock: Clock
  readonly log: Log
  /** Absent: what people say is not turned into text. */
  readonly recognizer?: Recognizer
  /** Words that are likely here: streets, departments. */
  readonly phrases?: readonly string[]
  readonly figures: CaptionFigures
  /** The number that citizens know the agent at a seat by. Absent: agents have none. */
  readonly agentOf?: (seat: string) => number | undefined
  /** Speaks a text to these legs of a call, over what they hear. */
  readonly speak?: (text: string, language: VoiceLanguage, to: readonly Call[]) => Promise<void>
}

/** DESIGN: a voice that failed is often back by then, and the other side still waits for the words. */
const voiceAgainMs = 2_000

type Watch = { readonly onChange: (change: Change) => void; readonly onStatus: () => void }

export function createCallCaptions(
  call: Call,
  first: VoiceLanguage,
  dependencies: CaptionDependencies,
  watch: Watch,
): CallCaptions {
  const { clock, log, recognizer, phrases = [], figures } = dependencies
  const begunMs = clock.monotonicMs() - Math.max(0, clock.now() - call.invitedAtMs)
  const nowMs = () => clock.monotonicMs() - begunMs
  /** Phones with real-time text. */
  const screens = new Map<Call['id'], TextScreen>()
  const transcript = createTranscript(change => {
    watch.onChange(change)
    for (const [id, screen] of screens) sendTo(id, screen.show(change.line))
  })
  const typing = createTyping(transcript, nowMs)
  const legs = new Map<Call['id'], Call>()
  /** What the two speak from now on: whoever is listened to already is heard in what they began in. */
  let language = first
  let isOn = false
  let isAsked = false
  let isOver = false
  let prompt: PromptLine | undefined
  let talking: { readonly agent: number | undefined; readonly leg: Call | undefined } | undefined
  let isRecording = false
  let isHeardWaiting = false
  const withheld = createWithheld(nowMs)
  const beingSpoken = new Set<CaptionLine['id']>()

  const sendTo = (id: Call['id'], text: string) => {
    const leg = id === call.id ? call : legs.get(id)
    if (text !== '' && leg) textOf(leg)?.send(text)
  }

  /** A phone that reads and types text takes part as a page does. */
  const joinByText = (leg: Call, who: 'citizen' | 'seat') => {
    const text = textOf(leg)
    if (!text || screens.has(leg.id)) return
    const screen = createTextScreen(who)
    const keyboard = createTextKeyboard()
    screens.set(leg.id, screen)
    if (who === 'citizen') for (const line of transcript.lines()) sendTo(leg.id, screen.show(line))
    text.onText(came => {
      for (const { line, text: typed, done } of keyboard.take(came)) {
        figures.counts.typed++
        typing.type(who, `${leg.id}/${line}`, typed, done)
      }
    })
  }

  const tell = (event: EventName, detail?: EventDetail) => {
    transcript.add(eventLine(event, nowMs(), detail))
  }

  const ears = createEars({
    recognizer,
    phrases,
    language: () => language,
    transcript,
    nowMs,
    log,
    figures,
    onState: watch.onStatus,
  })

  /** Listens to whoever is worth it now: both sides of a conversation, or a caller who leaves a message or may say what is sought. */
  const attend = () => {
    if (!isOn || isOver) return
    if ((talking && !company.isMuted('caller')) || isRecording || isHeardWaiting) ears.listen(call, 'citizen')
    if (company.isHeld()) return
    if (talking?.leg) ears.listen(talking.leg, 'seat')
    for (const other of company.others()) ears.listen(other, 'third')
  }

  const company = createCompany({
    agentOf: dependencies.agentOf,
    legOf: id => legs.get(id),
    tell,
    attend,
    stopListening: ears.stop,
    stopOthers: () => ears.stopAll(call.id),
  })

  /** A page that is loaded anew, or whose network was lost. */
  const followPresence = (leg: Call, who: 'caller' | 'seat') => {
    leg.presence?.on('away', () => isOver || tell(`${who}-away`))
    leg.presence?.on('back', () => isOver || tell(`${who}-back`))
  }
  followPresence(call, 'caller')

  const converse = (seat: string, leg: Call | undefined) => {
    const agent = dependencies.agentOf?.(seat)
    talking = { agent, leg }
    isHeardWaiting = false
    company.begin()
    if (leg) joinByText(leg, 'seat')
    if (leg) followPresence(leg, 'seat')
    tell('connected', { agent })
    if (isOn && !recognizer) tell('no-recognizer')
    attend()
    watch.onStatus()
    void leg?.ended.then(() => {
      ears.stop(leg.id)
      screens.delete(leg.id)
      legs.delete(leg.id)
      if (isOver || talking?.leg !== leg) return
      talking = undefined
      ears.stop(call.id)
      tell('seat-left')
      watch.onStatus()
    })
  }

  const end = () => {
    ears.stopAll()
    tell('ended')
    isOver = true
    watch.onStatus()
  }

  /** Has a line spoken to the other side; false when nobody is there, or no voice is to be had. */
  const speakLine = async ({ who, text }: CaptionLine): Promise<boolean> => {
    const leg = talking?.leg
    if (!leg || isOver || !dependencies.speak) return false
    try {
      await dependencies.speak(text, language, [who === 'seat' ? call : leg, ...company.others()])
      return true
    } catch (error) {
      log.warn({ call: call.id, reason: reasonOf(error) }, 'a typed line was not spoken')
      return false
    }
  }

  const turnOn = (asked = true) => {
    isAsked ||= asked
    if (isOn || isOver) return
    isOn = true
    figures.counts.calls++
    tell('captions-on')
    if (talking && !recognizer) tell('no-recognizer')
    prompt?.show()
    attend()
    watch.onStatus()
  }

  return {
    call,
    transcript,
    typing,
    get isOn() {
      return isOn
    },
    get isAsked() {
      return isAsked
    },
    status: () => ({
      ear: isOn ? ears.state() : 'off',
      agent: talking && { number: talking.agent },
      over: isOver,
    }),
    turnOn,
    hearWaiting() {
      if (talking) return
      isHeardWaiting = true
      turnOn(false)
      attend()
    },
    withhold(isWithheld) {
      if (isOver || !withheld.turn(isWithheld)) return
      tell(isWithheld ? 'withheld' : 'kept-again')
    },
    keepable: () => withheld.keepable(transcript.lines()),
    plays(sounds, playing) {
      if (isOver) return
      if (sounds.some(({ text }) => text !== undefined && text !== ''))
        prompt = followPrompt(sounds, playing, { clock, transcript, nowMs, isRead: () => isOn })
      else tell('music')
    },
    cannotSay(texts) {
      const text = texts.join('')
      if (isOver || text === '') return
      const atMs = nowMs()
      transcript.add({
        who: 'system',
        kind: 'prompt',
        text,
        unspoken: true,
        settled: true,
        startMs: atMs,
        endMs: atMs,
      })
    },
    happens(fact) {
      if (isOver) return
      if (fact.kind === 'flow') language = fact.language ?? language
      else if (fact.kind === 'key') typing.press(fact.key)
      else if (fact.kind === 'text') {
        // Whoever has such a phone reads the call on it.
        joinByText(call, 'citizen')
        turnOn()
      } else if (fact.kind === 'queued') tell('waiting', { place: fact.place })
      else if (fact.kind === 'recording') {
        isRecording = true
        tell('recording')
        attend()
      } else if (fact.kind === 'connected') converse(fact.seat, legs.get(fact.seatCall))
      else if (fact.kind === 'held') company.hold(fact.held)
      else if (fact.kind === 'party') company.follow(fact)
      else if (fact.kind === 'muted') company.mute(fact, call.id)
      else if (fact.kind === 'ended') end()
    },
    meets(seatCall) {
      legs.set(seatCall.id, seatCall)
    },
    tell,
    async voice(id) {
      const line = transcript.line(id)
      if (!line || line.voiced || line.text === '' || beingSpoken.has(id)) return false
      beingSpoken.add(id)
      transcript.change(id, { unspoken: undefined })
      const isSpoken =
        (await speakLine(line)) || (await sleep(clock, voiceAgainMs).then(() => speakLine(line)))
      beingSpoken.delete(id)
      transcript.change(id, isSpoken ? { voiced: true } : { unspoken: true })
      if (isSpoken) return true
      tell('not-voiced')
      return false
    },
    heardOut: ears.heardOut,
    figures: () => ({ ...transcript.figures, ...ears.figures() }),
  }
}
