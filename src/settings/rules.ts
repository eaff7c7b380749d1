import { join } from 'node:path'
import { readCatalogue } from '../catalogue/index.ts'
import { createCalendar, readCity, readGazetteer } from '../city/index.ts'
import { allIn, allOf, type Fault, FaultList, readCertificate, systemClock } from '../foundation/index.ts'
import { openStatusFile } from '../ivr/index.ts'
import { readSynonyms } from '../knowledge/index.ts'
import { checkDispatchFile, placesOf, readOrderRules } from '../orders/index.ts'
import { readRecordingRules } from '../recordings/index.ts'
import { readRetentionRules } from '../retention/index.ts'
import { readScoreFile } from '../supervision/index.ts'
import { readSurveyRules } from '../surveys/index.ts'
import type { catalogueSettings } from './catalogue.ts'
import type { flowsSettings } from './flows.ts'
import type { houseSettings } from './house.ts'
import { type httpSettings, httpsPlaceOf } from './http.ts'
import type { knowledgeSettings } from './knowledge.ts'
import type { ordersSettings } from './orders.ts'
import { type PeriodSettings, periodsOf } from './periods.ts'
import type { recordingsSettings } from './recordings.ts'
import { type sipSettings, sipTlsPlaceOf } from './sip.ts'
import type { surveysSettings } from './surveys.ts'
import type { GroupValues } from './values.ts'

type Naming = PeriodSettings &
  GroupValues<
    typeof houseSettings &
      typeof httpSettings &
      typeof flowsSettings &
      typeof knowledgeSettings &
      typeof recordingsSettings &
      typeof ordersSettings &
      typeof catalogueSettings &
      typeof sipSettings &
      typeof surveysSettings
  >

/** Something that is to be as settings say before anything that takes long is begun; it throws a Fault where it is not. */
export type Look = { readonly of: readonly (keyof Naming)[]; look(): Promise<void> }

/** What the files of rules say, all of them. */
export type Rules = Awaited<ReturnType<typeof readRules>>

/**
 * Reads the files that settings name. What is wrong in any of them, or in the settings, is said at once, so that whoever
 * mends it starts but once more; a file is looked at where the settings that name it are right.
 * @param looks at what else a start needs of this machine, by the settings that name it
 * @throws FaultList
 */
export async function readRules(
  { settings, faults }: { readonly settings: Naming; readonly faults: readonly Fault[] },
  looks: readonly Look[],
) {
  const wrong = new FaultList(faults)
  const where = async <Found>(names: readonly (keyof Naming)[], read: () => Promise<Found>) => {
    if (faults.some(({ place }) => names.some(name => name === place))) throw wrong
    return read()
  }
  const { ORDER_STATUS_FILE: statusFile } = settings
  const reading = where(['CITY_FILE'], () => readCity(settings.CITY_FILE))
  const files = {
    city: reading,
    orderRules: where(['ORDER_RULES_DIR', 'ORDER_PROFILE'], () =>
      readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE),
    ),
    orderStatus: where(['ORDER_STATUS_FILE'], async () =>
      statusFile === undefined ? undefined : openStatusFile(statusFile),
    ),
    surveyRules: where(['SURVEY_RULES'], async () => readSurveyRules(settings.SURVEY_RULES, await reading)),
    scoreRules: where(['ORDER_RULES_DIR'], () =>
      readScoreFile(join(settings.ORDER_RULES_DIR, 'scores.json')),
    ),
    retentionRules: where(['RETENTION_RULES'], () =>
      readRetentionRules(settings.RETENTION_RULES, periodsOf(settings)),
    ),
    recordingRules: where(['RECORDING_RULES', 'RECORD_CALLS'], () =>
      readRecordingRules(settings.RECORDING_RULES, settings.RECORD_CALLS),
    ),
    synonyms: where(['KNOWLEDGE_DIR'], () => readSynonyms(join(settings.KNOWLEDGE_DIR, 'synonyms.txt'))),
    catalogue: where(['CATALOGUE_DIR'], () => readCatalogue(settings.CATALOGUE_DIR)),
    gazetteer: where(['GAZETTEER_FILE'], () => readGazetteer(settings.GAZETTEER_FILE)),
  }
  return allIn(files, [
    checkDispatch(settings, files),
    where(['HTTPS_CERT', 'HTTPS_KEY', 'SIP_TLS_PORT', 'SIP_TLS_CERT', 'SIP_TLS_KEY'], () =>
      checkCertificates(settings),
    ),
    faults.length > 0 ? Promise.reject(wrong) : undefined,
    ...looks.map(({ of, look }) => where(of, look)),
  ])
}

/** Of files that can be read: what is wrong in one of them is said of it. @throws FaultList */
async function checkDispatch(
  { ORDER_RULES_DIR }: Naming,
  files: { readonly [Name in 'orderRules' | 'catalogue' | 'city' | 'gazetteer']: Promise<Rules[Name]> },
): Promise<void> {
  const [rules, catalogue, city, gazetteer] = await allOf([
    files.orderRules,
    files.catalogue,
    files.city,
    files.gazetteer,
  ])
  const { date } = createCalendar(city)(systemClock.now())
  const ground = { catalogue, places: placesOf(city, gazetteer) }
  await checkDispatchFile(join(ORDER_RULES_DIR, 'dispatch.json'), rules, ground, date)
}

/** @throws Fault as `readCertificate`, of each that is to be shown */
async function checkCertificates(settings: Naming): Promise<void> {
  const sip = settings.SIP_TLS_PORT === undefined ? undefined : sipTlsPlaceOf(settings)
  const places = [httpsPlaceOf(settings), sip].filter(place => place !== undefined)
  const apart = places.filter(({ certFile }, at) => places.findIndex(one => one.certFile === certFile) === at)
  await allOf(apart.map(place => readCertificate(place, systemClock.now())))
}
