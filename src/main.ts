import { fileURLToPath } from 'node:url'
import { placesOf, readCity } from './city/index.ts'
import {
  allOf,
  certificateNames,
  createLog,
  errorText,
  FaultList,
  openCertificate,
  readCertificate,
  systemClock,
} from './foundation/index.ts'
import { openOrderStatus, openTexts } from './hall/flow-actions.ts'
import { type House, openHouse } from './hall/house.ts'
import { openLines, type RealLines } from './hall/lines.ts'
import type { Parts } from './hall/parts.ts'
import { flowNeeds, laidDown } from './hall/rooms.ts'
import { openRecognizers, openVoice, speakFlows } from './hall/voices.ts'
import { openWeb } from './hall/web.ts'
import { welcome } from './hall/welcome.ts'
import { checkAddress, createKeys, readOrMakeToken } from './http/index.ts'
import { type Flows, openFlows } from './ivr/index.ts'
import { readLedgerKeys } from './ledger/index.ts'
import { readOrderRules, wordsOf } from './orders/index.ts'
import { readRetentionRules } from './retention/index.ts'
import {
  checkSettings,
  httpsPlaceOf,
  oldNameHints,
  periodsOf,
  type Settings,
  sipTlsPlaceOf,
} from './settings/index.ts'
import { keepPrivate, openDatabaseOrNone } from './storage/index.ts'
import { readSurveyRules } from './surveys/index.ts'

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
  const { settings, ...rules } = await readRules(env)
  for (const hint of oldNameHints(env)) print(`${hint}\n`)
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

/**
 * Settings, and the files of rules that they name. What is wrong in any of them is said at once, so that whoever mends it
 * starts but once more; a file is looked at where the settings that name it are right.
 * @throws FaultList
 */
async function readRules(env: Readonly<Record<string, string | undefined>>) {
  const { settings, faults } = checkSettings(env)
  const wrong = new FaultList(faults)
  const where = async <Found>(names: readonly (keyof Settings)[], read: () => Promise<Found>) => {
    if (faults.some(({ place }) => names.some(name => name === place))) throw wrong
    return read()
  }
  const reading = where(['CITY_FILE'], () => readCity(settings.CITY_FILE))
  const [city, orderRules, orderStatus, surveyRules, retentionRules] = await allOf([
    reading,
    where(['ORDER_RULES_DIR', 'ORDER_PROFILE'], () =>
      readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE),
    ),
    where(['ORDER_STATUS_FILE'], () => openOrderStatus(settings)),
    where(['SURVEY_RULES'], async () => readSurveyRules(settings.SURVEY_RULES, await reading)),
    where(['RETENTION_RULES'], () => readRetentionRules(settings.RETENTION_RULES, periodsOf(settings))),
    where(['HTTP_HOST', 'HTTP_PORT'], () =>
      checkAddress({ host: settings.HTTP_HOST, port: settings.HTTP_PORT }),
    ),
    where(['HTTPS_CERT', 'HTTPS_KEY', 'SIP_TLS_PORT', 'SIP_TLS_CERT', 'SIP_TLS_KEY'], () =>
      checkCertificates(settings),
    ),
    faults.length > 0 ? Promise.reject(wrong) : undefined,
  ])
  return { settings, city, orderRules, orderStatus, surveyRules, retentionRules }
}

/** @throws Fault as `readCertificate`, of each that is to be shown */
async function checkCertificates(settings: Settings): Promise<void> {
  const sip = settings.SIP_TLS_PORT === undefined ? undefined : sipTlsPlaceOf(settings)
  const places = [httpsPlaceOf(settings), sip].filter(place => place !== undefined)
  const apart = places.filter(({ certFile }, at) => places.findIndex(one => one.certFile === certFile) === at)
  await allOf(apart.map(place => readCertificate(place, systemClock.now())))
}

type Rules = Omit<Awaited<ReturnType<typeof readRules>>, 'settings'>

/** What the product is made of: real sockets, real voices, the machine's own clock. */
async function realParts(
  settings: Settings,
  { city, orderRules, orderStatus, surveyRules, retentionRules }: Rules,
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
  const https = await openHttps(settings, { clock, log }, print)
  const database = await openDatabaseOrNone({ url, dataDir, clock, log })
  return {
    settings,
    clock,
    log,
    city,
    orderRules,
    orderStatus,
    surveyRules,
    retentionRules,
    database,
    ledgerKeys: await readLedgerKeys(settings.LEDGER_KEY, dataDir, print),
    https,
    publicUrl,
    print,
    texts: openTexts(settings),
    openVoice: () => openVoice(settings, { clock, log }),
    openFlows: prompts =>
      openFlows({
        needs: flowNeeds,
        directory: settings.FLOWS_DIR,
        database,
        clock,
        log,
        prepare: set => speakFlows(prompts, set, print),
      }),
    openRecognizers: () =>
      openRecognizers(settings, [...placesOf(city), ...wordsOf(orderRules)], { clock, log }),
    openLines: needs => openLines(settings, needs),
  }
}

/** The certificate of pages; one that does not name the address that citizens are given is said, not refused: it may be tried out. */
async function openHttps(
  settings: Settings,
  means: Parameters<typeof openCertificate>[1],
  print: (text: string) => void,
) {
  const place = httpsPlaceOf(settings)
  if (!place) return undefined
  const certificate = await openCertificate(place, means)
  const host = settings.PUBLIC_URL === undefined ? undefined : new URL(settings.PUBLIC_URL).hostname
  if (host !== undefined && !certificateNames(certificate.current(), host))
    print(
      `证书里没有 PUBLIC_URL 的域名，浏览器会拒绝 / the certificate in HTTPS_CERT does not name ${host} of PUBLIC_URL: browsers refuse it\n`,
    )
  return certificate
}
