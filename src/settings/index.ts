import { isIP } from 'node:net'
import { z } from 'zod'
import { cityFile } from '../city/index.ts'
import { Fault, FaultList, readConfig } from '../foundation/index.ts'
import { sherpaFamilies } from '../speech/index.ts'
import { roles } from '../staff/index.ts'
import { numberForms } from '../telephony/index.ts'

const port = (fallback: number) =>
  z.coerce
    .number({ error: 'a port from 0 to 65535 (0: any free one)' })
    .int({ error: 'a port from 0 to 65535 (0: any free one)' })
    .min(0, { error: 'a port from 0 to 65535 (0: any free one)' })
    .max(65_535, { error: 'a port from 0 to 65535 (0: any free one)' })
    .default(fallback)

const count = (fallback: number, least: number, most: number) =>
  z.coerce
    .number({ error: `a whole number from ${least} to ${most}` })
    .int({ error: `a whole number from ${least} to ${most}` })
    .min(least, { error: `a whole number from ${least} to ${most}` })
    .max(most, { error: `a whole number from ${least} to ${most}` })
    .default(fallback)

const address = (fallback: string) =>
  z
    .string()
    .refine(text => isIP(text) !== 0, { error: 'an IP address' })
    .default(fallback)

const url = (schemes: readonly string[]) =>
  z.string().refine(
    text => {
      const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : ''
      return schemes.includes(scheme)
    },
    { error: `a URL that begins with ${schemes.map(scheme => `${scheme}://`).join(' or ')}` },
  )

const words = (text: string) =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)

const numbers = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform(words)
    .refine(all => all.every(number => /^\+?\d{3,15}$/.test(number)), {
      error: 'telephone numbers of 3 to 15 digits, between commas',
    })

/** An address, a network, or a name. */
function isPeer(text: string): boolean {
  const [, address = text, bits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(address)
  if (bits !== undefined) return family !== 0 && Number(bits) <= (family === 6 ? 128 : 32)
  return family !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(address)
}

const recognizersSay = 'azure, sherpa and scripted, each at most once, between commas'

/** Every setting, its form and its default. What is secret comes from the environment and nowhere else. */
const schema = z.object({
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url(['postgres', 'postgresql']).optional(),
  FLOWS_DIR: z.string().default('./ivr-flows'),
  /** What the city is and decides for all of the house: where it is, its time, its days off. */
  CITY_FILE: z.string().default(cityFile),

  HTTP_HOST: address('127.0.0.1'),
  HTTP_PORT: port(8080),
  API_TOKEN: z
    .string()
    .regex(/^\S{24,}$/, { error: 'at least 24 characters, without spaces' })
    .optional(),
  /** What seals the cookies of who signs in: 32 bytes in base64url; a file in DATA_DIR when absent. */
  SESSION_KEY: z
    .string()
    .regex(/^[\w-]{43}=?$/, { error: '32 bytes in base64url' })
    .optional(),
  /** Proxies in front of us, whose word on who asks is taken: addresses and networks between commas. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(text => text.split(',').filter(Boolean))
    .refine(all => all.every(one => isIP(one.replace(/\/\d{1,3}$/, '')) !== 0), {
      error: 'IP addresses or networks, as 10.0.0.0/8, between commas',
    }),
  /** The city's own sign-in for staff, by OpenID Connect. */
  OIDC_ISSUER: url(['https', 'http']).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** The claim that tells what somebody may do, and which of its values stands for which role. */
  OIDC_ROLE_CLAIM: z.string().default('roles'),
  OIDC_ROLES: z
    .string()
    .default('seat=seat,supervisor=supervisor,unit=unit,admin=admin')
    .transform(text => text.split(',').map(pair => pair.split('=').map(part => part.trim())))
    .pipe(
      z.array(z.tuple([z.string().min(1), z.enum(roles)]), {
        error: `pairs between commas, as hotline-seats=seat, each of ${roles.join(', ')}`,
      }),
    ),
  OIDC_NAME_CLAIM: z.string().default('preferred_username'),
  OIDC_UNIT_CLAIM: z.string().default('unit'),

  /** Where the embedded SIP server listens; without meaning when DRACHTIO_URL names another. */
  SIP_HOST: address('127.0.0.1'),
  SIP_PORT: port(5060),
  /** drachtio://host:port of a drachtio-server to use in place of the embedded one. */
  DRACHTIO_URL: url(['drachtio']).optional(),
  DRACHTIO_SECRET: z.string().min(6, { error: 'at least 6 characters' }).optional(),
  SIP_TRUNK: z
    .string()
    .regex(/^sips?:[^@\s]+$/, { error: 'a SIP URI of the trunk, as sip:trunk.example:5060' })
    .optional(),
  /**
   * Whose word on who calls is taken (P-Asserted-Identity, Remote-Party-ID): addresses, networks and names between
   * commas. Where nobody is named, this machine and the trunk.
   */
  TRUSTED_PEERS: z
    .string()
    .transform(words)
    .refine(all => all.every(isPeer), {
      error: 'addresses, networks and names between commas, as 10.0.0.0/8,sbc.example',
    })
    .optional(),
  SIP_TRUNK_USER: z.string().optional(),
  SIP_TRUNK_PASSWORD: z.string().optional(),
  /** How the trunk wants numbers: +8613800138000, 8613800138000, or 13800138000 and 01062345678. */
  SIP_TRUNK_NUMBER_FORM: z.enum(numberForms, { error: `one of ${numberForms.join(', ')}` }).default('e164'),
  /** How long a phone or trunk may take until it says that it rings. */
  SIP_RING_WITHIN_SECONDS: count(10, 1, 60),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  /** With it, and without a SIP trunk, we ring people through Twilio. */
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, { error: 'AC and 32 hexadecimal digits' })
    .optional(),
  /** Our number at Twilio, which phones show. */
  TWILIO_CALLER_ID: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, { error: 'a number of the account in E.164, as +8613800138000' })
    .optional(),
  TWILIO_CALLS_PER_SECOND: count(1, 1, 100),
  /** For accounts at home elsewhere than in the United States. */
  TWILIO_API_URL: url(['https', 'http']).default('https://api.twilio.com'),
  /** The number that phones show when we ring. */
  CALLER_ID: z
    .string()
    .regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits' })
    .default('12345'),
  HOTLINE_NUMBERS: numbers('12345'),
  ELDER_NUMBERS: numbers('12346'),
  /** Numbers without a country that may be dialled, too. */
  SHORT_NUMBERS: numbers('12345'),
  MAX_CALLS: count(500, 1, 10_000),

  MEDIA_HOST: address('127.0.0.1'),
  /** What the SDP says where the world sees another address than MEDIA_HOST. */
  MEDIA_ADVERTISED: z.string().optional(),
  MEDIA_PORT_MIN: count(20_000, 1024, 65_000),
  MEDIA_PORT_MAX: count(29_999, 1024, 65_535),
  MEDIA_WORKERS: count(2, 1, 64),
  MEDIA_TIMEOUT_SECONDS: count(30, 5, 600),

  /** Whom a seat may hand a caller over to outside, and nobody else. */
  TRANSFER_NUMBERS: z
    .string()
    .default('110=公安,119=消防,120=急救,122=交通事故')
    .transform(text =>
      text
        .split(',')
        .filter(Boolean)
        .map(pair => pair.split('=')),
    )
    .pipe(
      z.array(
        z
          .tuple([z.string().regex(/^\+?\d{3,15}$/), z.string().min(1)])
          .transform(([number, name]) => ({ number, name })),
        { error: 'numbers with their names between commas, as 110=公安' },
      ),
    ),
  SEAT_RING_SECONDS: count(15, 3, 120),
  SEAT_WRAP_UP_SECONDS: count(5, 0, 600),
  LINE_CAPACITY: count(1000, 1, 100_000),

  /** Days for which transcripts of captioned calls are kept; 0 keeps none. */
  TRANSCRIPT_DAYS: count(30, 0, 3650),
  /** Where citizens find our pages, for links in text messages, and what Twilio signs; where HTTP listens when absent. */
  PUBLIC_URL: url(['http', 'https']).optional(),

  /** A gateway for text messages; without one they are laid down in DATA_DIR/texts. */
  TEXT_WEBHOOK: url(['http', 'https']).optional(),
  TEXT_WEBHOOK_TOKEN: z.string().optional(),
  /** A JSON file of what the city decides about ringing back, where it is other than what ships. */
  SURVEY_RULES: z.string().optional(),
  /** Where the rules of orders lie: profiles.json, units.json, catalogue.json. */
  ORDER_RULES_DIR: z.string().default('./order-rules'),
  /** Whose limits hold, of profiles.json. */
  ORDER_PROFILE: z.string().default('beijing'),
  /** Statuses of orders by number, YAML or JSON, for callers who ask about another system's. */
  ORDER_STATUS_FILE: z.string().optional(),

  SPEECH: z
    .enum(['espeak', 'azure', 'scripted'], { error: 'one of espeak, azure, scripted' })
    .default('espeak'),
  /** Who turns what people say into text, in the order in which they are asked. */
  RECOGNIZERS: z
    .string()
    .default('')
    .transform(text => words(text))
    .pipe(z.array(z.enum(['azure', 'sherpa', 'scripted'], { error: recognizersSay })))
    .refine(names => new Set(names).size === names.length, { error: recognizersSay }),
  /** The folder of a streaming model of sherpa-onnx. */
  SHERPA_MODEL_DIR: z.string().optional(),
  /** What a model is that comes in a single file. */
  SHERPA_MODEL_FAMILY: z
    .enum(sherpaFamilies, { error: `one of ${sherpaFamilies.join(', ')}` })
    .default('zipformer2-ctc'),
  /** Threads that recognize, each with the model in its memory. */
  SHERPA_WORKERS: count(1, 1, 64),
  /** A file of words that are likely here, one a line: streets, departments. */
  CAPTION_PHRASES: z.string().optional(),
  AZURE_SPEECH_KEY: z.string().optional(),
  AZURE_SPEECH_REGION: z.string().optional(),
  AZURE_SPEECH_HOST: url(['ws', 'wss', 'http', 'https']).optional(),
  /** Names of voices between commas, each for the language that it begins with. */
  AZURE_SPEECH_VOICES: z
    .string()
    .default('zh-CN-XiaoxiaoNeural,en-US-JennyNeural')
    .transform(text => text.split(',')),
})

export type Settings = z.output<typeof schema>

const secrets = [
  'API_TOKEN',
  'SESSION_KEY',
  'OIDC_CLIENT_SECRET',
  'DRACHTIO_SECRET',
  'SIP_TRUNK_PASSWORD',
  'TWILIO_AUTH_TOKEN',
  'AZURE_SPEECH_KEY',
  'TEXT_WEBHOOK_TOKEN',
  'DATABASE_URL',
]

/** @throws FaultList with every fault of the environment at once, also of settings that do not go together. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings = readConfig(schema, env, secrets)
  const faults = conflicts(settings)
  if (faults.length > 0) throw new FaultList(faults)
  return settings
}

function conflicts(settings: Settings): readonly Fault[] {
  const faults: Fault[] = []
  const demand = (met: boolean, place: string, found: string, expected: string) => {
    if (!met) faults.push(new Fault({ code: 'setting-conflict', place, found, expected }))
  }
  demand(
    settings.MEDIA_PORT_MAX - settings.MEDIA_PORT_MIN >= 3,
    'MEDIA_PORT_MAX',
    `${settings.MEDIA_PORT_MIN} to ${settings.MEDIA_PORT_MAX}`,
    'a range of at least four ports: two a call leg',
  )
  demand(
    settings.DRACHTIO_URL === undefined || settings.DRACHTIO_SECRET !== undefined,
    'DRACHTIO_SECRET',
    'nothing',
    'the secret of the server that DRACHTIO_URL names',
  )
  demand(
    settings.OIDC_ISSUER === undefined ||
      (settings.OIDC_CLIENT_ID !== undefined && settings.OIDC_CLIENT_SECRET !== undefined),
    'OIDC_ISSUER',
    'an issuer alone',
    'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, as the provider gave them',
  )
  demand(
    settings.TWILIO_AUTH_TOKEN === undefined || settings.PUBLIC_URL !== undefined,
    'PUBLIC_URL',
    'nothing',
    'the address that Twilio was given, since its signatures cover it',
  )
  demand(
    (settings.TWILIO_ACCOUNT_SID === undefined) === (settings.TWILIO_CALLER_ID === undefined),
    settings.TWILIO_ACCOUNT_SID === undefined ? 'TWILIO_ACCOUNT_SID' : 'TWILIO_CALLER_ID',
    'nothing',
    'both or neither: the account that dials, and its number that phones show',
  )
  demand(
    settings.TWILIO_ACCOUNT_SID === undefined || settings.TWILIO_AUTH_TOKEN !== undefined,
    'TWILIO_AUTH_TOKEN',
    'nothing',
    'the token of the account that TWILIO_ACCOUNT_SID names',
  )
  const reachesAzure =
    settings.AZURE_SPEECH_HOST !== undefined ||
    (settings.AZURE_SPEECH_KEY !== undefined && settings.AZURE_SPEECH_REGION !== undefined)
  const wayToAzure = 'AZURE_SPEECH_KEY and AZURE_SPEECH_REGION, or AZURE_SPEECH_HOST'
  const noWay = 'azure without a way to reach it'
  demand(settings.SPEECH !== 'azure' || reachesAzure, 'SPEECH', noWay, wayToAzure)
  demand(!settings.RECOGNIZERS.includes('azure') || reachesAzure, 'RECOGNIZERS', noWay, wayToAzure)
  demand(
    !settings.RECOGNIZERS.includes('sherpa') || settings.SHERPA_MODEL_DIR !== undefined,
    'SHERPA_MODEL_DIR',
    'nothing',
    'the folder of the model that sherpa is to use',
  )
  return faults
}
