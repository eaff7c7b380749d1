import { z } from 'zod'
import { configFaults, Fault, FaultList, readConfig } from '../foundation/index.ts'
import { alarmsConflicts, alarmsSecrets, alarmsSettings } from './alarms.ts'
import { assistantConflicts, assistantSecrets, assistantSettings } from './assistant.ts'
import { callbacksSettings } from './callbacks.ts'
import { captionsSettings } from './captions.ts'
import { catalogueSettings } from './catalogue.ts'
import { deskConflicts, deskSettings } from './desk.ts'
import { flowsSettings } from './flows.ts'
import { houseSecrets, houseSettings } from './house.ts'
import { httpConflicts, httpSecrets, httpSettings } from './http.ts'
import { knowledgeSettings } from './knowledge.ts'
import { learningSettings } from './learning.ts'
import { ledgerSecrets, ledgerSettings } from './ledger.ts'
import { mediaConflicts, mediaSettings } from './media.ts'
import { misspelledHints } from './misspelled.ts'
import { numbersSettings } from './numbers.ts'
import { ordersSettings } from './orders.ts'
import { reachSettings } from './reach.ts'
import { recordingsSettings } from './recordings.ts'
import { byTodaysNames, oldNameHints } from './renamed.ts'
import { sipConflicts, sipSecrets, sipSettings } from './sip.ts'
import { speechConflicts, speechSecrets, speechSettings } from './speech.ts'
import { staffConflicts, staffSecrets, staffSettings } from './staff.ts'
import { surveysSettings } from './surveys.ts'
import { textsSecrets, textsSettings } from './texts.ts'
import { trailSettings } from './trail.ts'
import { twilioConflicts, twilioSecrets, twilioSettings } from './twilio.ts'

export { alarmWebhookOf } from './alarms.ts'
export { modelPlaceOf } from './assistant.ts'
export { callbackRulesOf } from './callbacks.ts'
export { queueLimits, seatPatience } from './desk.ts'
export { settingFaults } from './faults.ts'
export { featuresOf } from './features.ts'
export { httpsPlaceOf } from './http.ts'
export { learningOf } from './learning.ts'
export { shareRulesOf } from './numbers.ts'
export { periodsOf } from './periods.ts'
export { reachRulesOf } from './reach.ts'
export { type Look, type Rules, readRules } from './rules.ts'
export { sipTlsPlaceOf } from './sip.ts'
export { openIdOptionsOf, sessionLimitsOf } from './staff.ts'
export { textOptionsOf } from './texts.ts'

/** Every setting, its form and its default: a file a subject. What is secret comes from the environment and nowhere else. */
const schema = z.object({
  ...houseSettings,
  ...httpSettings,
  ...staffSettings,
  ...alarmsSettings,
  ...ledgerSettings,
  ...trailSettings,
  ...sipSettings,
  ...twilioSettings,
  ...numbersSettings,
  ...mediaSettings,
  ...deskSettings,
  ...flowsSettings,
  ...captionsSettings,
  ...recordingsSettings,
  ...textsSettings,
  ...reachSettings,
  ...surveysSettings,
  ...callbacksSettings,
  ...catalogueSettings,
  ...knowledgeSettings,
  ...assistantSettings,
  ...learningSettings,
  ...ordersSettings,
  ...speechSettings,
})

export type Settings = z.output<typeof schema>

const secrets = [
  ...houseSecrets,
  ...httpSecrets,
  ...staffSecrets,
  ...alarmsSecrets,
  ...assistantSecrets,
  ...ledgerSecrets,
  ...sipSecrets,
  ...twilioSecrets,
  ...textsSecrets,
  ...speechSecrets,
]

type Env = Readonly<Record<string, string | undefined>>

/** Sentences for whoever keeps the environment, of names in it that are read no more, or not at all. */
export const nameHints = (env: Env): readonly string[] => [
  ...oldNameHints(env),
  ...misspelledHints(env, Object.keys(schema.shape)),
]

/** @throws FaultList with every fault of the environment at once, also of settings that do not go together. */
export function readSettings(env: Env): Settings {
  const { settings, faults } = checkSettings(env)
  if (faults.length > 0) throw new FaultList(faults)
  return settings
}

/**
 * Settings and all that is wrong with them, for who looks on at what the right ones name. The place of each fault is a
 * setting; what is wrong reads as if it were not set.
 */
export function checkSettings(env: Env): { readonly settings: Settings; readonly faults: readonly Fault[] } {
  const all = byTodaysNames(env)
  const misfits = configFaults(schema, all, secrets)
  const wrong = new Set(misfits.map(({ place }) => place))
  const right = Object.fromEntries(Object.entries(all).filter(([name]) => !wrong.has(name)))
  const settings = readConfig(schema, right, secrets)
  const conflicts = groups
    .filter(({ of }) => !Object.keys(of).some(name => wrong.has(name)))
    .flatMap(({ conflictsIn }) => conflictsIn(settings))
    .flatMap(({ met, ...detail }) => (met ? [] : [new Fault({ code: 'setting-conflict', ...detail })]))
  return { settings, faults: [...misfits, ...conflicts] }
}

/** Settings that have to go together, of which nothing can be said while one of them is wrong. */
const groups = [
  { of: mediaSettings, conflictsIn: mediaConflicts },
  { of: deskSettings, conflictsIn: deskConflicts },
  { of: httpSettings, conflictsIn: httpConflicts },
  { of: { ...sipSettings, ...httpSettings }, conflictsIn: sipConflicts },
  { of: alarmsSettings, conflictsIn: alarmsConflicts },
  { of: assistantSettings, conflictsIn: assistantConflicts },
  { of: staffSettings, conflictsIn: staffConflicts },
  { of: { ...twilioSettings, ...httpSettings }, conflictsIn: twilioConflicts },
  { of: speechSettings, conflictsIn: speechConflicts },
]
