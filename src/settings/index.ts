import { z } from 'zod'
import { Fault, FaultList, readConfig } from '../foundation/index.ts'
import { callbacksSettings } from './callbacks.ts'
import { captionsSettings } from './captions.ts'
import { deskSettings } from './desk.ts'
import { flowsSettings } from './flows.ts'
import { houseSecrets, houseSettings } from './house.ts'
import { httpSecrets, httpSettings } from './http.ts'
import { ledgerSecrets, ledgerSettings } from './ledger.ts'
import { mediaConflicts, mediaSettings } from './media.ts'
import { numbersSettings } from './numbers.ts'
import { ordersSettings } from './orders.ts'
import { reachSettings } from './reach.ts'
import { byTodaysNames } from './renamed.ts'
import { sipConflicts, sipSecrets, sipSettings } from './sip.ts'
import { speechConflicts, speechSecrets, speechSettings } from './speech.ts'
import { staffConflicts, staffSecrets, staffSettings } from './staff.ts'
import { surveysSettings } from './surveys.ts'
import { textsSecrets, textsSettings } from './texts.ts'
import { trailSettings } from './trail.ts'
import { twilioConflicts, twilioSecrets, twilioSettings } from './twilio.ts'

export { callbackRulesOf } from './callbacks.ts'
export { queueLimits } from './desk.ts'
export { periodsOf } from './periods.ts'
export { oldNameHints } from './renamed.ts'
export { openIdOptionsOf } from './staff.ts'

/** Every setting, its form and its default: a file a subject. What is secret comes from the environment and nowhere else. */
const schema = z.object({
  ...houseSettings,
  ...httpSettings,
  ...staffSettings,
  ...ledgerSettings,
  ...trailSettings,
  ...sipSettings,
  ...twilioSettings,
  ...numbersSettings,
  ...mediaSettings,
  ...deskSettings,
  ...flowsSettings,
  ...captionsSettings,
  ...textsSettings,
  ...reachSettings,
  ...surveysSettings,
  ...callbacksSettings,
  ...ordersSettings,
  ...speechSettings,
})

export type Settings = z.output<typeof schema>

const secrets = [
  ...houseSecrets,
  ...httpSecrets,
  ...staffSecrets,
  ...ledgerSecrets,
  ...sipSecrets,
  ...twilioSecrets,
  ...textsSecrets,
  ...speechSecrets,
]

/** @throws FaultList with every fault of the environment at once, also of settings that do not go together. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings = readConfig(schema, byTodaysNames(env), secrets)
  const faults = conflictsIn(settings).flatMap(({ met, ...detail }) =>
    met ? [] : [new Fault({ code: 'setting-conflict', ...detail })],
  )
  if (faults.length > 0) throw new FaultList(faults)
  return settings
}

const conflictsIn = (settings: Settings) => [
  ...mediaConflicts(settings),
  ...sipConflicts(settings),
  ...staffConflicts(settings),
  ...twilioConflicts(settings),
  ...speechConflicts(settings),
]
