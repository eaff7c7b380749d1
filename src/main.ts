import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { placesOf } from './city/index.ts'
import { createLog, errorText, systemClock } from './foundation/index.ts'
import { type House, openHouse } from './hall/house.ts'
import { checkSipPlace, openLines, type RealLines } from './hall/lines.ts'
import type { Parts } from './hall/parts.ts'
import { flowNeeds, laidDown } from './hall/rooms.ts'
import { openRecognizers, openVoice, speakFlows } from './hall/voices.ts'
import { openWeb } from './hall/web.ts'
import { welcome } from './hall/welcome.ts'
import { checkAddress, createKeys, openHttps, readOrMakeToken } from './http/index.ts'
import { type Flows, openFlows } from './ivr/index.ts'
import { readLedgerKeys } from './ledger/index.ts'
import { wordsOf } from './orders/index.ts'
import {
  checkSettings,
  httpsPlaceOf,
  type Look,
  nameHints,
  type Rules,
  readRules,
  type Settings,
  textOptionsOf,
} from './settings/index.ts'
import { checkDataDir, keepPrivate, openDatabaseOrNone } from './storage/index.ts'
import { openTextSender } from './texts/index.ts'

/** The built pages, the same seen from dist and from src. */
const pagesDir = fileURLToPath(new URL('../dist/web', import.meta.url))

export type Hotline = {
  readonly webUrl: string
  readonly sipPort: number
} & Pick<House<Flows, RealLines>, 'drain' | 'close'>

/**
 * Brings the hotline up, floor by floor, and takes it down in the other order.
 * @param print told what a person wants to know while it starts.
 * @throws FaultList or Fault that names the setting or the place in a flow to mend
 */
export async function startHotline(
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<Hotline> {
  const startedMs = systemClock.monotonicMs()
  // Whatever is laid down from now on, by whichever thread, is for the user who runs this.
  process.umask(0o077)
  const checked = checkSettings(env)
  const { settings } = checked
  // Before anything is refused: a name that was mistyped may be why.
  for (const hint of nameHints(env)) print(`${hint}\n`)
  const rules = await readRules(checked, looksAt(settings))
  const closing: (() => Promise<void>)[] = []
  const close = async () => {
    for (const shut of closing.splice(0).reverse()) await shut()
  }
  try {
    const web = { url: settings.PUBLIC_URL?.replace(/\/+$/, '') }
    const parts = await realParts(settings, rules, print, () => web.url ?? '')
    closing.push(parts.database.close)
    const house = await openHouse(parts)
    closing.push(house.close)
    const token = settings.API_TOKEN === undefined ? await readOrMakeToken(settings.DATA_DIR) : undefined
    const apiToken = settings.API_TOKEN ?? token?.token ?? ''
    const keys = createKeys({ dataDir: settings.DATA_DIR, apiToken, given: settings })
    const frontDesk = await openWeb(parts, house, { pagesDir, keys })
    closing.push(frontDesk.close, house.hangUp)
    web.url ??= frontDesk.url
    house.begin()
    print(
      welcome({
        settings,
        city: parts.city,
        nowMs: parts.clock.now(),
        webUrl: frontDesk.url,
        operationsUrl: frontDesk.operationsUrl,
        token,
        seats: house.desk.seats(),
        rules: parts.orderRules,
        ears: house.recognizers,
        missing: [...house.voice.missing, ...house.recognizers.missing],
        sip: house.lines.listensOn(),
        startedInMs: systemClock.monotonicMs() - startedMs,
        trouble: await parts.database.ping().then(() => undefined, errorText),
      }),
    )
    return { webUrl: frontDesk.url, sipPort: house.lines.sipPort, drain: house.drain, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a start needs of this machine. */
function looksAt(settings: Settings): readonly Look[] {
  const { HTTP_HOST, HTTP_PORT, OPERATIONS_HOST, OPERATIONS_PORT: operationsPort, DATA_DIR } = settings
  const operations = operationsPort === undefined ? [] : [{ host: OPERATIONS_HOST, port: operationsPort }]
  return [
    { of: ['DATA_DIR'], look: () => checkDataDir(DATA_DIR, laidDown) },
    { of: ['HTTP_HOST', 'HTTP_PORT'], look: () => checkAddress({ host: HTTP_HOST, port: HTTP_PORT }) },
    ...operations.map(
      (at): Look => ({
        of: ['OPERATIONS_HOST', 'OPERATIONS_PORT'],
        look: () => checkAddress(at, 'operations'),
      }),
    ),
    {
      of: ['SIP_HOST', 'SIP_PORT', 'SIP_TLS_PORT', 'DRACHTIO_URL'],
      look: () => checkSipPlace(settings, systemClock),
    },
  ]
}

/** What the product is made of: real sockets, real voices, the machine's own clock. */
async function realParts(
  settings: Settings,
  rules: Rules,
  print: (text: string) => void,
  publicUrl: () => string,
): Promise<Parts<Flows, RealLines>> {
  const clock = systemClock
  const log = createLog(settings.LOG_LEVEL)
  const { DATABASE_URL: url, DATA_DIR: dataDir } = settings
  const mended = await keepPrivate(dataDir, laidDown)
  if (mended > 0)
    print(
      `${mended} 个文件对本机其他用户开放，已收紧 / ${mended} files were open to others here and are no more: ${dataDir}`,
    )
  const https = await openHttps(httpsPlaceOf(settings), settings.PUBLIC_URL, { clock, log }, print)
  const database = await openDatabaseOrNone({ url, dataDir, clock, log })
  return {
    settings,
    clock,
    log,
    ...rules,
    database,
    ledgerKeys: await readLedgerKeys(settings.LEDGER_KEY, dataDir, print),
    https,
    publicUrl,
    print,
    texts: openTextSender(textOptionsOf(settings)),
    openVoice: () => openVoice(settings, { clock, log }),
    openFlows: prompts =>
      openFlows({
        needs: flowNeeds,
        directory: settings.FLOWS_DIR,
        proofs: join(dataDir, 'proofs'),
        database,
        clock,
        log,
        prepare: set => speakFlows(prompts, set, print),
      }),
    openRecognizers: () =>
      openRecognizers(settings, [...placesOf(rules.city), ...wordsOf(rules.orderRules)], { clock, log }),
    openLines: needs => openLines(settings, needs),
  }
}
