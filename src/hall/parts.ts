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

/** The lines to dial by, for each sort of destination. */
export type Ways = {
  /** SIP phones. */
  readonly sip: DialWay
  /** Seats whose phone is a web page. */
  readonly browser: DialWay
  /** Numbers of the public network: citizens', and those of seats with a telephone there. */
  readonly numbers: DialWay
}

/** What lines need from the house: who takes their calls, and who is notified. */
export type LineNeeds = CallHandlers & {
  readonly desk: Pick<Desk, 'credentials' | 'setContact'>
  /** The seat whose own telephone dials us while it has a caller. */
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

/** The lines of a house, real or simulated. */
export type HouseLines = {
  readonly all: readonly Line[]
  readonly ways: Ways
  readonly sockets: readonly SocketMount[]
  readonly requests: readonly RequestMount[]
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  /** Refuses new calls from now on. */
  drain?(): void
  /** Ends calls that a dead process left behind. */
  farewell?(dialogs: readonly DialogNames[]): void
  close(): Promise<void>
}

/** A page for one person. */
export type PageLink = {
  /** Shared by all attempts to send the link; a new id when absent. */
  readonly id?: string
  readonly url: string
  /** The number to send the link to, in place of the flow's. */
  readonly to?: string
}

/** What `{link}` in a text stands for, by the text's template; undefined if the caller gets none. */
export type Links = Readonly<Record<string, (call: Call) => Promise<PageLink | undefined>>>

/** Code that leads a call through a flow for its own purpose. */
export type FlowUser = {
  /** Called with what happens in the flow, as it happens. */
  readonly on?: (event: FlowEvent) => void
  /** What `{link}` stands for in texts of this call. */
  readonly links?: Links
  /** Why the caller asks for a person, read when they do. */
  readonly about?: () => TalkAbout
  /** As `FlowDoors.isTypedAhead`. */
  readonly isTypedAhead?: boolean
}

/** Leads a call through a flow. */
export type FlowLeader = {
  /** Resolves when the call has hung up or is in a person's hands. */
  lead(call: Call, flow: string, use?: FlowUser): Promise<void>
}

/** The voice of the house. */
export type HouseVoice = {
  readonly prompts: PromptBook
  /** Voices that the settings name but this machine lacks, with what to do about it. */
  readonly missing: readonly Fault[]
}

/** Speech recognition. */
export type HouseRecognizers = {
  /** When absent, speech is not turned into text. */
  readonly recognizer?: Recognizer
  /** Phrases that the recognizer should expect. */
  readonly phrases: readonly string[]
  /** Recognizers that the settings name but this machine lacks, with what to do about it. */
  readonly missing: readonly Fault[]
  figures: Relay['figures']
  close(): Promise<void>
}

export type HouseFlows = Pick<Flows, 'current'> & { close?(): Promise<void> }

/** The replaceable parts of a house: only in these do the product and the scenarios differ. */
export type Parts<OwnFlows extends HouseFlows, OwnLines extends HouseLines> = {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly city: City
  readonly orderRules: OrderRules
  /** Synonyms for the knowledge base; none when absent. */
  readonly synonyms?: Synonyms
  readonly catalogue: WrittenCatalogue
  /** Names of the city's places; none are known when absent. */
  readonly gazetteer?: Gazetteer
  readonly surveyRules: SurveyRules
  /** How units are compared. */
  readonly scoreRules: ScoreRules
  readonly retentionRules: RetentionRules
  /** When absent, nothing is recorded. */
  readonly recordingRules?: RecordingRules
  /** Status of orders kept in another system; our own orders when absent. */
  readonly orderStatus?: OrderStatus
  readonly database: Database
  readonly ledgerKeys: LedgerKeys
  /** Certificate for pages and the API; absent when they are served over http. */
  readonly https?: Certificate
  readonly texts: TextSender
  openVoice(): Promise<HouseVoice>
  openFlows(prompts: PromptBook): Promise<OwnFlows>
  openRecognizers(): Promise<HouseRecognizers>
  openLines(needs: LineNeeds): Promise<OwnLines>
  /** Base URL of the citizens' pages: https://12345.example. */
  publicUrl(): string
  /** Journals that also receive each fact of each call. */
  readonly readers?: readonly Journal[]
  /** Settings for telling sound from silence in survey calls. */
  readonly ear?: AmdEar
  /** Gets a citizen's answer in its transaction; by default the answer goes to the closed order. */
  answered?(queries: Queries, answer: Answered): Promise<void>
  /** Prints the start's findings for the operator. */
  print?(text: string): void
  /** How often to look for due jobs. */
  readonly pollMs?: number
}
