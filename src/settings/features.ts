import type { RecordingRules } from '../recordings/index.ts'
import type { RetentionRules } from '../retention/index.ts'
import type { alarmsSettings } from './alarms.ts'
import type { assistantSettings } from './assistant.ts'
import type { callbacksSettings } from './callbacks.ts'
import type { houseSettings } from './house.ts'
import type { httpSettings } from './http.ts'
import type { learningSettings } from './learning.ts'
import type { ledgerSettings } from './ledger.ts'
import type { recordingsSettings } from './recordings.ts'
import type { sipSettings } from './sip.ts'
import type { speechSettings } from './speech.ts'
import type { staffSettings } from './staff.ts'
import type { textsSettings } from './texts.ts'
import type { twilioSettings } from './twilio.ts'
import type { GroupValues } from './values.ts'

type Switching = GroupValues<
  typeof alarmsSettings &
    typeof assistantSettings &
    typeof callbacksSettings &
    typeof houseSettings &
    typeof httpSettings &
    typeof learningSettings &
    typeof recordingsSettings &
    typeof ledgerSettings &
    typeof sipSettings &
    typeof speechSettings &
    typeof staffSettings &
    typeof textsSettings &
    typeof twilioSettings
>

/** What a city may switch on, the setting that says so, and what it says as far as everybody here may read it. */
export type Feature = {
  readonly name:
    | 'recognizer'
    | 'voice'
    | 'transcripts'
    | 'all-transcripts'
    | 'recordings'
    | 'call-recordings'
    | 'assistant'
    | 'learning'
    | 'callbacks-led'
    | 'text-gateway'
    | 'sip-trunk'
    | 'twilio'
    | 'https'
    | 'openid'
    | 'second-factor'
    | 'alarms'
    | 'seals-sent'
  readonly isOn: boolean
  /** The name of the setting, or the file and the field of it. */
  readonly setting: string
  /** Never a secret: of an address the host alone. */
  readonly value: string
}

const hostOf = (url: string | undefined) => (url === undefined ? '' : new URL(url).host)
const clockTime = (minute: number | undefined) =>
  minute === undefined
    ? ''
    : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const daysOf = (days: number) => `${days}`

/** All of them, in the order in which people ask. */
export function featuresOf(
  settings: Switching,
  retention: RetentionRules,
  recording: RecordingRules,
): readonly Feature[] {
  const when = (name: Feature['name'], setting: string, value: string, isOn = value !== ''): Feature => ({
    name,
    isOn,
    setting,
    value,
  })
  const { transcripts, recordings, seatTranscripts } = retention
  const kept = settings.RETENTION_RULES
  return [
    when('recognizer', 'RECOGNIZERS', settings.RECOGNIZERS.join(', ')),
    when('voice', 'SPEECH', settings.SPEECH),
    when('transcripts', `${kept} transcripts.days`, daysOf(transcripts.days), transcripts.days > 0),
    when('all-transcripts', `${kept} seatTranscripts`, String(seatTranscripts), seatTranscripts),
    when('recordings', `${kept} recordings.days`, daysOf(recordings.days), recordings.days > 0),
    when(
      'call-recordings',
      settings.RECORD_CALLS === undefined ? `${settings.RECORDING_RULES} isOn` : 'RECORD_CALLS',
      recording.isOn ? recording.lines.join(', ') : '',
    ),
    when('assistant', 'ASSISTANT_URL', hostOf(settings.ASSISTANT_URL)),
    when('learning', 'LEARN_AT', clockTime(settings.LEARN_AT)),
    when('callbacks-led', 'CALLBACK_LEAD', settings.CALLBACK_LEAD, settings.CALLBACK_LEAD === 'hotline'),
    when('text-gateway', 'TEXT_WEBHOOK', hostOf(settings.TEXT_WEBHOOK)),
    when('sip-trunk', 'SIP_TRUNK', settings.SIP_TRUNK ?? ''),
    when('twilio', 'TWILIO_ACCOUNT_SID', settings.TWILIO_ACCOUNT_SID ?? ''),
    when('https', 'HTTPS_CERT', settings.HTTPS_CERT ?? ''),
    when('openid', 'OIDC_ISSUER', hostOf(settings.OIDC_ISSUER)),
    when('second-factor', 'SECOND_FACTOR_ROLES', settings.SECOND_FACTOR_ROLES.join(', ')),
    when('alarms', 'ALARM_WEBHOOK', hostOf(settings.ALARM_WEBHOOK)),
    when('seals-sent', 'LEDGER_WEBHOOK', hostOf(settings.LEDGER_WEBHOOK)),
  ]
}
