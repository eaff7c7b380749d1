import { join } from 'node:path'
import { type City, yearsWithoutNotice } from '../city/index.ts'
import type { SeatView } from '../desk/api.ts'
import type { Fault } from '../foundation/index.ts'
import { type ApiToken, seatStands } from '../http/index.ts'
import type { OrderRules } from '../orders/index.ts'
import type { Settings } from '../settings/index.ts'
import type { HouseRecognizers } from './parts.ts'

type Facts = {
  readonly settings: Settings
  readonly city: City
  readonly nowMs: number
  readonly webUrl: string
  /** Absent when operations have no port of their own. */
  readonly operationsUrl?: string
  readonly token: ApiToken | undefined
  /** Where SIP is listened for: udp/127.0.0.1:5060,tls/127.0.0.1:5061. */
  readonly sip: string | undefined
  readonly seats: readonly Pick<SeatView, 'name' | 'display' | 'state' | 'reason'>[]
  readonly startedInMs: number
  readonly rules: Pick<OrderRules, 'units' | 'supervision'>
  readonly ears: Pick<HouseRecognizers, 'recognizer' | 'phrases'>
  /** Voices and recognizers that the settings name but this machine lacks. */
  readonly missing: readonly Fault[]
  /** Why the database cannot be queried; absent while it can. */
  readonly trouble?: string
}

/**
 * The text printed for the operator at a start: where to ring, who answers, where the web is, and what is switched
 * off.
 */
export function welcome({
  settings,
  city,
  nowMs,
  webUrl,
  operationsUrl,
  token,
  sip,
  seats,
  startedInMs,
  rules,
  ears,
  missing,
  trouble,
}: Facts): string {
  const [, tlsAt] = /tls\/([^,]+)/.exec(sip ?? '') ?? []
  const at = /udp\/([^,]+)/.exec(sip ?? '')?.[1] ?? '（SIP 服务器还没有连上 / SIP server not connected yet）'
  const seatLines = seats.map(seat => {
    const stands = seatStands(seat)
    return `    ${seat.name}  ${seat.display}  ${stands['zh-CN']} ${stands.en.toLowerCase()}`
  })
  return [
    `接听已就绪 Jieting is ready (${(startedInMs / 1000).toFixed(1)} s)`,
    '',
    `  城市 city      ${city.name} ${city.english}（${city.timeZone}）`,
    `  拨打 ring      ${settings.HOTLINE_NUMBERS.map(number => `sip:${number}@${at}`).join(' ')}`,
    ...(tlsAt === undefined ? [] : [`  加密 TLS       sips:${settings.HOTLINE_NUMBERS[0]}@${tlsAt}`]),
    `  长者 elder     ${settings.ELDER_NUMBERS.map(number => `sip:${number}@${at}`).join(' ')}`,
    ...settings.FLOW_NUMBERS.map(([number, flow]) => `  ${flow}  sip:${number}@${at}`),
    `  网页 web       ${webUrl}/`,
    ...(operationsUrl === undefined ? [] : [`  运维 operate   ${operationsUrl}/readyz /metrics /docs`]),
    ...tokenLines(token),
    ...(ears.recognizer
      ? [`  识别 captions  ${ears.recognizer.name}${phrasesSay(ears.phrases.length)}`]
      : []),
    '',
    ...(seats.length > 0
      ? ['  坐席 seats', ...seatLines]
      : trouble !== undefined
        ? ['  坐席 seats     数据库连上以后才有 / they come with the database', `    ${trouble}`]
        : firstCall(webUrl)),
    '',
    '  未启用 switched off',
    ...missing.map(({ message }) => `    ${message}`),
    ...[
      ...switchedOff(settings, ears),
      ...withoutTelephone(settings, rules),
      ...withoutNotice(settings, city, nowMs),
    ].map(line => `    ${line}`),
    '',
  ].join('\n')
}

/** The steps from a service without seats to the first answered call. */
const firstCall = (webUrl: string): readonly string[] => [
  '  还没有坐席，第一个电话 no seats yet, a first call:',
  '    1  坐席 seat      npx jieting staff add s1 --role seat（密码至少 12 位 password of 12 or more）',
  '    2  管理员 admin   npx jieting staff add me --role admin',
  `    3  签入 sign in   ${webUrl}/seat（s1，示闲 ready）`,
  `    4  拨打 ring      ${webUrl}/phone`,
  '    5  按 0 press 0   坐席响铃，接听 the seat rings; answer',
]

const phrasesSay = (count: number) => (count > 0 ? `（${count} 个常用词 phrases）` : '')

/** Where to find the token; the token itself is never printed. */
export function tokenLines(token: ApiToken | undefined): readonly string[] {
  if (!token) return ['  令牌 token     API_TOKEN']
  // A printed token would end up in every log of this machine.
  return token.notKept === undefined
    ? [`  令牌 token     保存在 kept in ${token.path}`]
    : [
        `  令牌 token     没有：${token.path} 无法写入（${token.notKept}），请设置 API_TOKEN`,
        '                 none, since that file cannot be written: set API_TOKEN',
      ]
}

function switchedOff(
  { SIP_TRUNK, TWILIO_ACCOUNT_SID, DRACHTIO_URL, DATABASE_URL, SPEECH }: Settings,
  ears: Facts['ears'],
): readonly string[] {
  return [
    ...(ears.recognizer
      ? []
      : [
          '语音识别：未设置 RECOGNIZERS，来电说的话不会转成文字 / no recognizer: what callers say is not turned into text (RECOGNIZERS)',
        ]),
    ...(SIP_TRUNK || TWILIO_ACCOUNT_SID
      ? []
      : [
          '外呼：未设置 SIP_TRUNK 或 TWILIO_ACCOUNT_SID，不能外呼 / no way out: nobody outside can be rung (SIP_TRUNK, TWILIO_ACCOUNT_SID)',
        ]),
    ...(SPEECH === 'scripted' ? ['语音：只有提示音 / voice: tones only (SPEECH=scripted)'] : []),
    ...(DRACHTIO_URL
      ? []
      : [
          '生产级 SIP：正在用内置服务器，仅限可信网络 / embedded SIP server, trusted networks only (DRACHTIO_URL)',
        ]),
    ...(DATABASE_URL ? [] : ['PostgreSQL：正在用内置数据库 / embedded database (DATABASE_URL)']),
  ]
}

/** Years without a published holiday notice: their working days follow statutory holidays alone. */
const withoutNotice = ({ CITY_FILE }: Settings, city: City, nowMs: number): readonly string[] =>
  yearsWithoutNotice(nowMs, city).map(
    year =>
      `${year} 年放假安排：尚未收录，只按法定节假日计算工作日，请把调休写入 ${CITY_FILE} 的 holidays / no notice of ${year}'s make-up and bridging days: working days go by the law's holidays alone (holidays in ${CITY_FILE})`,
  )

/** Lists units and levels of supervision that texts cannot reach for want of a telephone number. */
function withoutTelephone(
  { ORDER_RULES_DIR, TEXT_WEBHOOK }: Settings,
  { units, supervision }: Facts['rules'],
): readonly string[] {
  const all = [...units.values()]
  const file = join(ORDER_RULES_DIR, 'units.json')
  const named = (some: typeof all) =>
    `${some
      .slice(0, mostNamed)
      .map(({ name }) => name)
      .join('、')}${some.length > mostNamed ? '……' : ''}`
  const say = (some: typeof all, zh: string, en: string) =>
    some.length === 0
      ? []
      : [
          `${zh}：${some.length}/${all.length} 个单位没有号码（${named(some)}）/ ${some.length} of ${all.length} units ${en} (${file})`,
        ]
  const levels = [
    ...(supervision.district.length === 0 ? ['区级 district'] : []),
    ...(supervision.city.length === 0 ? ['市级 city'] : []),
  ]
  return [
    ...(TEXT_WEBHOOK
      ? []
      : [
          '短信：未设置 TEXT_WEBHOOK，短信只存为文件，没有人收到 / texts reach nobody: they are laid down as files (TEXT_WEBHOOK)',
        ]),
    ...say(
      all.filter(({ phones }) => phones.length === 0),
      '派单和超时短信',
      'have no telephone: that they have an order, or are late, is sent to nobody',
    ),
    ...say(
      all.filter(({ supervisors }) => supervisors.length === 0),
      '街道级督办短信',
      'have no supervisor’s telephone: that they are late is told to nobody above them',
    ),
    ...(levels.length === 0
      ? []
      : [
          `${levels.join('、')} 督办短信：没有号码，严重超时无人得知 / no telephone: what is very late is told to nobody there (${file})`,
        ]),
  ]
}

/** How many units are named; a city without any numbers need not read a page of names. */
const mostNamed = 3
