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
  /** Where facts go on to. */
  readonly journal: Journal
  /** Absent: what people say is not turned into text. */
  readonly recognizer?: Recognizer
  /** Words that are likely here. */
  readonly phrases: readonly string[]
  /** The number that citizens know the agent at a seat by. */
  readonly agentOf: (seat: string) => number | undefined
  readonly database: Database
  /** For the times in transcripts that people read. */
  readonly timeZone: string
  /** Where transcripts lie while the database is away. */
  readonly spillFolder: string
  /** How long transcripts are kept; 0 keeps none. */
  readonly transcriptDays: number
  /** Also what was only read along at a seat: nobody asked for captions. */
  readonly keepsAll: boolean
  /** Where citizens find our pages, as https://12345.example; for links. */
  publicUrl(): string
  readonly clock: Clock
  readonly log: Log
}

export type Captioning = Room & {
  readonly captions: Captions
  readonly live: Live
  readonly keeper: TranscriptKeeper
  readonly records: CaptionRecords
  /** Whether there is something to read of a call that is up. */
  hasCaptions(call: string): boolean
  /** The journal as every room writes it: captions read along. */
  readonly journal: Journal
  /**
   * Turns what a caller says from now on into text, as they say it. The transcript of the call is kept as of every call
   * with captions. @returns gives the words, up to when it is asked; undefined where no recognizer is on
   */
  hearWords(call: Call): (() => Promise<string>) | undefined
}

/** How fast a voice speaks what somebody typed. */
const syllablesPerMinute = 200

/** When something happens to a call, its captions know; when they need a voice, the prompt book has one. */
export function openCaptioning(dependencies: CaptioningDependencies): Captioning {
  const { flows, prompts, journal, database, publicUrl, clock, log } = dependencies
  /** Callers from whom a seat has parted for a while: nothing is to bring them together but the seat. */
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
      // What is typed next is said after it.
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
        // Who is led through the flow for old people need not ask to read; that it is kept is for them to ask.
        if (fact.kind === 'flow' && isElder(fact.flow, call)) captions.turnOn(call, false)
        journal.write(call, fact)
      },
    },
  }
}

/** What ends a parting: it comes back, or is another conversation, or none. */
const partsNoMore: ReadonlySet<CallFact['kind']> = new Set([
  'held',
  'connected',
  'queued',
  'transferred',
  'ended',
])

const onHold = (id: string) =>
  new Fault({ code: 'on-hold', place: id, found: 'a caller on hold', expected: 'a conversation' })
