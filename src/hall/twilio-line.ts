import type { Settings } from '../settings/index.ts'
import type { Database } from '../storage/index.ts'
import { openTwilioLine, type TwilioLine, type TwilioLineOptions } from '../telephony/index.ts'

type House = Pick<
  TwilioLineOptions,
  'media' | 'clock' | 'log' | 'journal' | 'home' | 'onCall' | 'onFailure'
> & {
  readonly database: Database
}

/** Numbers at Twilio, when settings say whose they are; with an account and a number of it we dial through them, too. */
export function openTwilio(settings: Settings, { database, ...house }: House): TwilioLine | undefined {
  const {
    PUBLIC_URL: publicUrl,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_CALLER_ID: callerId,
    TWILIO_API_URL: apiUrl,
    TWILIO_CALLS_PER_SECOND: callsPerSecond,
  } = settings
  if (authToken === undefined || publicUrl === undefined) return undefined
  return openTwilioLine({
    ...house,
    authToken,
    publicUrl,
    maxCalls: settings.MAX_CALLS,
    out:
      accountSid === undefined || callerId === undefined
        ? undefined
        : { accountSid, callerId, apiUrl, callsPerSecond, database },
  })
}
