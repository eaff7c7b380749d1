import type { Captions } from '../captions/index.ts'
import type { City } from '../city/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import { type FrontDeskDoors, readOrMakeSessionKey } from '../http/index.ts'
import type { Jobs } from '../jobs/index.ts'
import { readOrderNumber } from '../orders/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { type Answered, openSurveys, readSurveyRules, type Surveys } from '../surveys/index.ts'
import type { Ear, Line } from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'
import type { Reception } from './incoming-calls.ts'
import { createRing } from './survey-calls.ts'

type House = {
  readonly city: City
  readonly settings: Pick<Settings, 'SURVEY_RULES' | 'CALLER_ID'> &
    Partial<Pick<Settings, 'SESSION_KEY' | 'DATA_DIR'>>
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  /** Asked for late: it is opened after what owes calls. */
  readonly reception: () => Pick<Reception, 'lead'>
  readonly way: () => Pick<Line, 'dial'>
  readonly captions: Pick<Captions, 'of' | 'turnOn'>
  readonly texts: TextSender
  readonly publicUrl: () => string
  /** Where answers lie while the database is away; in memory alone when absent. */
  readonly spillFolder?: string
  readonly clock: Clock
  readonly log: Log
  /** When a citizen has answered, this is told of it in the same transaction. */
  answered(queries: Queries, answer: Answered): Promise<void>
  readonly ear?: Ear
}

export type SurveyOffice = { readonly surveys: Surveys; readonly doors: FrontDeskDoors['surveys'] }

/** When a call is owed and its time has come, it is rung; when it is answered, whoever closed the order knows. */
export async function openSurveyOffice(house: House): Promise<SurveyOffice> {
  const { settings, way, captions, texts, publicUrl, clock, log } = house
  const rules = await readSurveyRules(settings.SURVEY_RULES, house.city)
  const ring = createRing({
    way,
    captions,
    texts,
    clock,
    log,
    reception: { lead: (...call) => house.reception().lead(...call) },
    callerId: settings.CALLER_ID,
    ringMs: rules.ringSeconds * 1000,
    pageOf: link => `${publicUrl()}/s/${link.token}`,
    ear: house.ear,
  })
  const linkKey = await linkKeyOf(settings)
  const surveys = await openSurveys({ ...house, rules, ring, linkKey, send: texts.send })
  return { surveys, doors: surveyDoors(surveys) }
}

/** What seals cookies makes links, too: it outlives restarts, and nodes that share a database share it. */
async function linkKeyOf({ SESSION_KEY, DATA_DIR }: House['settings']): Promise<Uint8Array | undefined> {
  if (SESSION_KEY !== undefined) return Buffer.from(SESSION_KEY, 'base64url')
  return DATA_DIR === undefined ? undefined : readOrMakeSessionKey(DATA_DIR)
}

export function surveyDoors(
  surveys: Omit<Surveys, 'owe' | 'close' | 'handlers' | 'wake' | 'idle' | 'noting' | 'forget'>,
): FrontDeskDoors['surveys'] {
  const { campaigns, move, link, formula, exclusions } = surveys
  return {
    campaigns,
    move,
    exclusions,
    formula: () => formula,
    // As people type it: what is mistyped is said to be so, and not to be unknown.
    ask: asked => surveys.ask({ ...asked, order: readOrderNumber(asked.order) }),
    decide: decided => surveys.decide({ ...decided, order: readOrderNumber(decided.order) }),
    rates: ({ by, ...period }) => surveys.rates(by, period),
    audit: (period, { heads }) => surveys.audit(period, heads),
    link: { open: link.open, answer: link.answer },
  }
}
