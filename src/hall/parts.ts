import type { Captions } from '../captions/index.ts'
import type { WrittenCatalogue } from '../catalogue/index.ts'
import type { City, Gazetteer } from '../city/index.ts'
import type { Desk, TalkAbout } from '../desk/index.ts'
import type {
  Certificate,
  Clock,
  Fault,
  Figure,
  Log,
  Part,
  RequestMount,
  SocketMount,
} from '../foundation/index.ts'
import type { FlowEvent, Flows, OrderStatus } from '../ivr/index.ts'
import type { Synonyms } from '../knowledge/index.ts'
import type { LedgerKeys } from '../ledger/index.ts'
import type { OrderRules } from '../orders/index.ts'
import type { RecordingRules } from '../recordings/index.ts'
import type { RetentionRules } from '../retention/index.ts'
import type { Settings } from '../settings/index.ts'
import type { PromptBook, Recognizer, Relay } from '../speech/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import type { ScoreRules } from '../supervision/index.ts'
import type { Answered, SurveyRules } from '../surveys/index.ts'
import type {
  AmdEar,
  Call,
  CallHandlers,
  DialogNames,
  Journal,
  Line,
  Shares,
  SilenceRules,
  SipLineOptions,
} from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'

export type DialWay = Pick<Line, 'dial'>

/** The lines by whom they ring. */
export type Ways = {
  /** SIP phones. */
  readonly sip: DialWay
  /** Seats whose phone is a page. */
  readonly browser: DialWay
  /** Numbers of the public network, citizens' and those of seats that have a telephone there. */
  readonly numbers: DialWay
}

/** What lines need of the house: who takes their calls, and who is told of what. */
export type LineNeeds = CallHandlers & {
  readonly desk: Pick<Desk, 'credentials' | 'setContact'>
  /** The seat whose own telephone rings us, where it has a caller. */
  readonly asideOf: SipLineOptions['asideOf']
  readonly captions: Pick<Captions, 'turnOn'>
  readonly journal: Journal
  readonly silence: SilenceRules
  readonly shares: Shares
  readonly city: City
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/** The lines of the house, whatever they are made of. */
export type HouseLines = {
  readonly all: readonly Line[]
  readonly ways: Ways
  readonly sockets: readonly SocketMount[]
  readonly requests: readonly RequestMount[]
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  /** From now on new calls are refused. */
  drain?(): void
  /** Ends calls that a process left behind when it died. */
  farewell?(dialogs: readonly DialogNames[]): void
  close(): Promise<void>
}

/** A page for one person. */
export type PageLink = {
  /** All tries to send it share this; one of its own when absent. */
  readonly id?: string
  readonly url: string
  /** The number that it belongs to, whatever number the flow would send it to. */
  readonly to?: string
}

/** What `{link}` in a text stands for, by the text's template; undefined for one who gets none. */
export type Links = Readonly<Record<string, (call: Call) => Promise<PageLink | undefined>>>

/** Somebody who has a flow led for a purpose of theirs. */
export type FlowUser = {
  /** Told of what happens in the flow, as it happens. */
  readonly on?: (event: FlowEvent) => void
  /** What `{link}` stands for in texts of this call. */
  readonly links?: Links
  /** What they come about when they ask for a person, as it stands then. */
  readonly about?: () => TalkAbout
  /** As `FlowDoors.isTypedAhead`. */
  readonly isTypedAhead?: boolean
}

/** Leads a call through a flow. */
export type FlowLeader = {
  /** Resolves when that is over: hung up, or in a person's hands. */
  lead(call: Call, flow: string, use?: FlowUser): Promise<void>
}

/** The voice of the house. */
export type HouseVoice = {
  readonly prompts: PromptBook
  /** Voices that the settings name and this machine does not have, with what to do about it. */
  readonly missing: readonly Fault[]
}

/** Who turns what people say into text. */
export type HouseRecognizers = {
  /** Absent: nobody does. */
  readonly recognizer?: Recognizer
  /** Words that are likely here. */
  readonly phrases: readonly string[]
  /** Recognizers that the settings name and this machine does not have, with what to do about it. */
  readonly missing: readonly Fault[]
  figures: Relay['figures']
  close(): Promise<void>
}

export type HouseFlows = Pick<Flows, 'current'> & { close?(): Promise<void> }

/** What a house is made of where it can be made of other things: the product's and the scenarios' differ in these alone. */
export type Parts<OwnFlows extends HouseFlows, OwnLines extends HouseLines> = {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly city: City
  readonly orderRules: OrderRules
  /** Of the knowledge base; none when absent. */
  readonly synonyms?: Synonyms
  readonly catalogue: WrittenCatalogue
  /** What the city’s places are called; none is known when absent. */
  readonly gazetteer?: Gazetteer
  readonly surveyRules: SurveyRules
  /** How units are compared. */
  readonly scoreRules: ScoreRules
  readonly retentionRules: RetentionRules
  /** Nothing is recorded when absent. */
  readonly recordingRules?: RecordingRules
  /** How orders of another system stand; our own when absent. */
  readonly orderStatus?: OrderStatus
  readonly database: Database
  readonly ledgerKeys: LedgerKeys
  /** What pages and the API are shown under; absent where they are over http. */
  readonly https?: Certificate
  readonly texts: TextSender
  openVoice(): Promise<HouseVoice>
  openFlows(prompts: PromptBook): Promise<OwnFlows>
  openRecognizers(): Promise<HouseRecognizers>
  openLines(needs: LineNeeds): Promise<OwnLines>
  /** Where citizens find our pages, as https://12345.example. */
  publicUrl(): string
  /** Who reads each fact of each call along. */
  readonly readers?: readonly Journal[]
  /** How sound is told from silence where survey calls are answered. */
  readonly ear?: AmdEar
  /** Told what a citizen answered, in its transaction; the order that was closed, when absent. */
  answered?(queries: Queries, answer: Answered): Promise<void>
  /** Told, for a person, what a start came upon. */
  print?(text: string): void
  /** How often it is looked whether a job fell due. */
  readonly pollMs?: number
}
