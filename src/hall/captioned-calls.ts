import {
  type CaptionCounts,
  type Captions,
  createCaptions,
  createKeeper,
  delayBounds,
  type Line,
  type Live,
  openLive,
  type TranscriptKeeper,
  transcriptFile,
} from '../captions/index.ts'
import { type Clock, Fault, type Log } from '../foundation/index.ts'
import type { Figure, FrontDeskDoors, LabelledNumber } from '../http/index.ts'
import type { FlowLibrary } from '../ivr/index.ts'
import type { EarFigures, PromptBook } from '../speech/index.ts'
import type { Database } from '../storage/index.ts'
import type { Call, CallId, Journal } from '../telephony/index.ts'
import type { Ears } from './recognizers.ts'

type House = {
  readonly flows: Pick<FlowLibrary, 'current'>
  readonly prompts: Pick<PromptBook, 'sound'>
  /** Where facts go on to. */
  readonly journal: Journal
  /** Absent: what people say is not turned into text. */
  readonly ears?: Pick<Ears, 'recognizer' | 'phrases' | 'figures'>
  readonly database: Database
  /** For the times in transcripts that people read. */
  readonly timeZone: string
  /** How long transcripts are kept; 0 keeps none. */
  readonly transcriptDays: number
  /** Whether a seat has parted from this caller for a while: then nothing is to bring them together but the seat. */
  readonly isHeld?: (caller: CallId) => boolean
  /** Where citizens find our pages, as https://12345.example; for links. */
  readonly publicUrl?: () => string
  /** Where transcripts lie while the database is away; in memory alone when absent. */
  readonly spillFolder?: string
  readonly clock: Clock
  readonly log: Log
}

export type Captioning = {
  readonly captions: Captions
  readonly live: Live
  readonly keeper: TranscriptKeeper
  /** How each recognizer does. */
  readonly ears: () => readonly EarFigures[]
  readonly doors: FrontDeskDoors['captions']
  /** The journal as every room writes it: captions read along. */
  readonly journal: Journal
}

/** How fast a voice speaks what somebody typed. */
const syllablesPerMinute = 200

/** When something happens to a call, its captions know; when they need a voice, the prompt book has one. */
export function openCaptioning(house: House): Captioning {
  const { flows, prompts, journal, ears, database, transcriptDays: days, clock, log } = house

  const isElder = (flow: string, call: Call['id']) =>
    flows.current(call).flows.get(flow)?.audience === 'elder'

  const captions = createCaptions({
    clock,
    log,
    recognizer: ears?.recognizer ? ears.recognizer : undefined,
    phrases: ears ? ears.phrases : undefined,
    async speak(text, language, to, from) {
      if (house.isHeld?.(to.id) || house.isHeld?.(from.id)) throw onHold(to.id)
      const sound = await prompts.sound({ text, language, syllablesPerMinute, once: true })
      await to.play([sound])
      // A play parts the two; they go on as they were.
      await from.bridge(to)
    },
    onEnded(ended) {
      journal.write(ended.call, { kind: 'captions', ...ended.figures })
      if (ended.lines.length > 0) keeper.keep(ended)
    },
  })
  const keeper = createKeeper({
    database,
    days,
    clock,
    log,
    spillFolder: house.spillFolder,
  })
  return {
    captions,
    live: openLive({ captions, clock, log }),
    keeper,
    ears: ears?.figures ?? (() => []),
    doors: doorsOf(captions, keeper, house.publicUrl ?? (() => ''), house.timeZone),
    journal: {
      write(call, fact) {
        captions.happens(call, fact)
        // Who is led through the flow for old people need not ask.
        if (fact.kind === 'flow' && isElder(fact.flow, call)) captions.turnOn(call)
        journal.write(call, fact)
      },
    },
  }
}

/** What the front desk may ask of captions, while a call is up and after it. */
function doorsOf(
  captions: Captions,
  keeper: TranscriptKeeper,
  publicUrl: () => string,
  timeZone: string,
): FrontDeskDoors['captions'] {
  const show: FrontDeskDoors['captions']['show'] = async id => {
    const up = captions.of(id as CallId)
    if (up) {
      const lines = up.transcript.lines().filter(({ text }) => text !== '')
      return { call: id, startedAtMs: up.call.invitedAtMs, on: up.isOn, over: false, lines }
    }
    const kept = await keeper.find(id)
    return (
      kept && { call: id, startedAtMs: kept.startedAt.getTime(), on: true, over: true, lines: kept.lines }
    )
  }
  return {
    show,
    async file(id, format) {
      const found = await show(id)
      if (!found) return undefined
      const { startedAtMs, lines } = found
      return transcriptFile(format, id, new Date(startedAtMs), lines as readonly Line[], timeZone)
    },
    async open(id) {
      const given = captions.turnOn(id as CallId)
      if (!given) throw notUp(id)
      return {
        code: given.code,
        link: `${publicUrl()}/c/${given.link}`,
        live: `/c/${captions.passes.forSeat(id as CallId)}/live`,
      }
    },
    async erase(id) {
      captions.forget(id as CallId)
      return keeper.erase(id)
    },
  }
}

const onHold = (id: string) =>
  new Fault({ code: 'on-hold', place: id, found: 'a caller on hold', expected: 'a conversation' })

const notUp = (id: string) =>
  new Fault({
    code: 'call-not-up',
    place: 'params.id',
    found: `no call ${id} that is up`,
    expected: 'a call that is up',
  })

const counted = {
  calls: 'Calls that were captioned',
  lines: 'Lines of captioned calls that are over',
  shown: 'Characters that appeared',
  rewritten: 'Characters that were taken back again',
  typed: 'Messages of typing',
  fixes: 'Words that a person put right',
  gaps: 'Stretches of sound that nobody listened to',
  gapMs: 'Their length in ms',
  switched: 'Times that another recognizer took over in a call',
  deaf: 'Times that no recognizer was left in a call',
  wrongCodes: 'Codes that were wrong',
  turnedAway: 'Tries that came after too many',
  garbage: 'Messages of pages that made no sense',
} satisfies Record<keyof CaptionCounts, string>

/** What operators watch of captions. */
export function captionFigures({ captions, live, ears, keeper }: Captioning): readonly Figure[] {
  const { counts, delays } = captions.figures
  const counters = Object.entries(counted).map(([name, help]): Figure => {
    const unit = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
    return {
      name: `jieting_captions_${unit}_total`,
      help,
      kind: 'counter',
      read: () => counts[name as keyof CaptionCounts],
    }
  })
  const spread = (appearance: 'first' | 'final'): readonly LabelledNumber[] => {
    const { within, count } = delays(appearance)
    const bounds = delayBounds.map((ms, index) => ({ le: String(ms / 1000), value: within[index] ?? 0 }))
    const all = [...bounds, { le: '+Inf', value: count }]
    return all.map(({ le, value }) => ({ labels: { appearance, le }, value }))
  }
  return [
    {
      name: 'jieting_captioned_calls',
      help: 'Calls up with captions on',
      kind: 'gauge',
      read: () => captions.size().on,
    },
    { name: 'jieting_caption_readers', help: 'Pages that read captions', kind: 'gauge', read: live.readers },
    ...counters,
    {
      name: 'jieting_captions_lost_total',
      help: 'Transcripts that no database took',
      kind: 'counter',
      read: () => keeper.figures().refused + keeper.figures().lost,
    },
    ...earFigures(ears),
    {
      name: 'jieting_caption_delay_seconds_bucket',
      help: 'From a word being audible to its first and its final form in the transcript, within le seconds',
      kind: 'counter',
      read: () => [...spread('first'), ...spread('final')],
    },
    {
      name: 'jieting_caption_delay_seconds_sum',
      help: 'The sum of those delays',
      kind: 'counter',
      read: () =>
        (['first', 'final'] as const).map(appearance => ({
          labels: { appearance },
          value: delays(appearance).sumMs / 1000,
        })),
    },
  ]
}

function earFigures(ears: Captioning['ears']): readonly Figure[] {
  const each = (read: (ear: EarFigures) => number) => () =>
    ears().map(ear => ({ labels: { recognizer: ear.name }, value: read(ear) }))
  return [
    {
      name: 'jieting_recognizer_listening',
      help: 'Speakers that it listens to',
      kind: 'gauge',
      read: each(({ listening }) => listening),
    },
    {
      name: 'jieting_recognizer_resting',
      help: '1: it failed, and is not asked for now',
      kind: 'gauge',
      read: each(({ rests }) => (rests ? 1 : 0)),
    },
    {
      name: 'jieting_recognizer_failures_total',
      help: 'Hearings that it failed, by why',
      kind: 'counter',
      read: () =>
        ears().flatMap(({ name, failures }) =>
          Object.entries(failures).map(([reason, value]) => ({
            labels: { recognizer: name, reason },
            value,
          })),
        ),
    },
  ]
}
