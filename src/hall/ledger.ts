import { join } from 'node:path'
import { createCalendar } from '../city/index.ts'
import {
  type Auditing,
  createLedger,
  fileWay,
  type Ledger,
  type LedgerKeys,
  ledgerKeys,
  openAuditing,
  publicKeyOf,
  timeStampWay,
  webhookWay,
} from '../ledger/index.ts'
import { reportedOrders } from '../orders/index.ts'
import type { Settings } from '../settings/index.ts'
import { reportedPrograms, reportedStaff } from '../staff/index.ts'
import { readOrMakeKey } from '../storage/index.ts'
import { reportedSurveys } from '../surveys/index.ts'
import { reportedTrail } from '../trail/index.ts'
import type { HouseFlows, HouseLines, Parts } from './parts.ts'

/**
 * What no database holds; made at the first start where the environment does not say it. One that cannot be kept is said:
 * after this process nobody could tell its events from forged ones.
 * @throws Fault `key-unreadable`
 */
export async function readLedgerKeys(
  { LEDGER_KEY, DATA_DIR }: Settings,
  print: (text: string) => void,
): Promise<LedgerKeys> {
  const { bytes, notKept } = await readOrMakeKey(LEDGER_KEY, DATA_DIR, 'ledger-key', keyExpected)
  if (notKept !== undefined)
    print(
      `账本密钥存不下（${notKept}），本次运行的记录以后无法核验；请设置 LEDGER_KEY / the ledger's key cannot be kept: what happens until the next start cannot be audited later; set LEDGER_KEY`,
    )
  return ledgerKeys(bytes)
}

const keyExpected =
  '32 bytes in base64url, as they were: bring the file back from its copy, or set LEDGER_KEY; with another key every event looks forged'

/** When something happens in a room that reports, the ledger has it; each day it is sealed, and the seal sent out. */
export function openHouseLedger({
  settings,
  city,
  surveyRules,
  ledgerKeys: keys,
  database,
  clock,
  log,
}: Parts<HouseFlows, HouseLines>): { readonly ledger: Ledger; readonly auditing: Auditing } {
  const { DATA_DIR, LEDGER_SEALS_FILE, LEDGER_WEBHOOK, LEDGER_TIME_STAMPS } = settings
  const auditing = openAuditing({
    database,
    keys,
    reported: [
      reportedOrders(createCalendar(city)),
      reportedSurveys(surveyRules),
      reportedStaff,
      reportedPrograms,
      reportedTrail,
    ],
    ways: [
      fileWay(LEDGER_SEALS_FILE ?? join(DATA_DIR, 'seals.jsonl')),
      ...(LEDGER_WEBHOOK === undefined ? [] : [webhookWay(LEDGER_WEBHOOK, publicKeyOf(keys))]),
      ...(LEDGER_TIME_STAMPS === undefined ? [] : [timeStampWay(LEDGER_TIME_STAMPS)]),
    ],
    timeZone: city.timeZone,
    clock,
    log,
  })
  return { ledger: createLedger(keys.mac), auditing }
}
