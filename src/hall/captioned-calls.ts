import {
  type CaptionRecords,
  type Captions,
  createCaptionRecords,
  createCaptions,
  createKeeper,
  forgetsTranscripts,
  type Live,
  openLive,
  saidIn,
  type TranscriptKeeper,
  watchCaptions,
} from '../captions/index.ts'
import { type Clock, Fault, type Log, sleep } from '../foundation/index.ts'
import type { FlowLibrary } from '../ivr/index.ts'
import type { PromptBook, Recognizer } from '../speech/index.ts'
import type { Database } from '../storage/index.ts'
import type { Call, CallFact, CallId, Journal } from '../telephony/index.ts'
import { type Room, writesOf } from './rooms.ts'

export type CaptioningDependencies = {
  readonly flows: Pick<FlowLibrary, 'current'>
  readonly prompts: Pick<PromptBook, 'sound'>
  /** The journal that facts are passed on to. */
  readonly journal: Journal
  /** When absent, speech is not turned into text. */
  readonly recognizer?: Recognizer
  /** Phrases that the recognizer should expect. */
  readonly phrases: readonly string[]
  /** The staff number by which citizens know the agent at a seat. */
  readonly agentOf: (seat: string) => number | undefined
  readonly database: Database
  /** Time zone of the times shown in transcripts. */
  readonly timeZone: string
  /** Where transcripts are kept while the database is away. */
  readonly spillFolder: string
  /** How long transcripts are kept; 0 keeps none. */
  readonly transcriptDays: number
  /** Whether to keep transcripts that only a seat read and no caller asked for. */
  readonly keepsAll: boolean
  /** Base URL of the citizens' pages, for links: https://12345.example. */
  publicUrl(): string
  readonly clock: Clock
  readonly log: Log
}

export type Captioning = Room & {
  readonly captions: Captions
  readonly live: Live
  readonly keeper: TranscriptKeeper
  readonly records: CaptionRecords
  /** Whether the captions of a running call have any line yet. */
  hasCaptions(call: string): boolean
  /** The journal that every room writes to; captions read it along the way. */
  readonly journal: Journal
  /**
   * Turns what the caller says from now on into text as they speak. The call's transcript is kept like any other
   * with captions.
   * @returns a function giving the words heard up to the moment it is called; undefined without a recognizer
   */
  hearWords(call: Call): (() => Promise<string>) | undefined
}

/** Speaking rate for text that somebody typed. */
const syllablesPerMinute = 200

/**
 * Passes everything that happens to a call to its captions, and lets typed text be spoken by the prompt book's
 * voice.
 */
export function openCaptioning(dependencies: CaptioningDependencies): Captioning {
  const { flows, prompts, journal, database, publicUrl, clock, log } = dependencies
  /** Callers on hold: typed text is not spoken to them. */
  const held = new Set<CallId>()

  const isElder = (flow: string, call: Call['id']) =>
    flows.current(call).flows.get(flow)?.audience === 'elder'

  const captions = createCaptions({
    clock,
    log,
    recognizer: dependencies.recognizer,
    phrases: dependencies.phrases,
    agentOf: dependencies.agentOf,
    async speak(text, language, to) {
      const away = to.find(({ id }) => held.has(id))
      if (away) throw onHold(away.id)
      const sound = await prompts.sound({ text, language, syllablesPerMinute, once: true })
      for (const call of to) call.interject([sound])
      // The next typed text waits until this one has been spoken.
      await sleep(clock, sound.durationMs)
    },
    onEnded(ended, isAsked) {
      journal.write(ended.call, { kind: 'captions', ...ended.figures })
      if (ended.lines.length > 0 && (isAsked || dependencies.keepsAll)) keeper.keep(ended)
    },
  })
  const keeper = createKeeper({
    database,
    days: dependencies.transcriptDays,
    clock,
    log,
    spillFolder: dependencies.spillFolder,
  })
  const writes = writesOf(() => [keeper.figures()])
  const live = openLive({ captions, clock, log })
  return {
    captions,
    live,
    keeper,
    records: createCaptionRecords({ captions, keeper, publicUrl, timeZone: dependencies.timeZone }),
    figures: [...watchCaptions(captions, live, keeper), ...(writes.figures ?? [])],
    health: writes.health,
    sockets: [live.mount],
    forgetters: forgetsTranscripts(database, keeper),
    async close() {
      live.close()
      await keeper.close()
    },
    hearWords(call) {
      const ear = dependencies.recognizer && call.direction === 'in' ? captions.of(call.id) : undefined
      if (!ear) return undefined
      captions.turnOn(call.id)
      const fromMs = clock.now() - call.invitedAtMs
      return () => {
        const untilMs = clock.now() - call.invitedAtMs
        return saidIn(ear, { fromMs, untilMs }, { clock, log })
      }
    },
    hasCaptions: call => (captions.of(call as CallId)?.transcript.figures.lines ?? 0) > 0,
    journal: {
      write(call, fact) {
        if (fact.kind === 'held' && fact.held) held.add(call)
        else if (partsNoMore.has(fact.kind)) held.delete(call)
        captions.happens(call, fact)
        // In the flow for elders, captions are on without being asked for; the transcript is kept only if the
        // caller asks.
        if (fact.kind === 'flow' && isElder(fact.flow, call)) captions.turnOn(call, false)
        journal.write(call, fact)
      },
    },
  }
}

/** Facts that end a hold: the call is taken back, goes to somebody else, or ends. */
const partsNoMore: ReadonlySet<CallFact['kind']> = new Set([
  'held',
  'connected',
  'queued',
  'transferred',
  'ended',
])

const onHold = (id: string) =>
  new Fault({ code: 'on-hold', place: id, found: 'a caller on hold', expected: 'a conversation' })
