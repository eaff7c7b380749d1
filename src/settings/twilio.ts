import { z } from 'zod'
import type { httpSettings } from './http.ts'
import { type Conflict, count, type GroupValues, sealedUrl } from './values.ts'

/** Numbers at Twilio. */
export const twilioSettings = {
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
  TWILIO_API_URL: sealedUrl.default('https://api.twilio.com'),
}

export const twilioSecrets = ['TWILIO_AUTH_TOKEN']

export const twilioConflicts = (
  settings: GroupValues<typeof twilioSettings & typeof httpSettings>,
): readonly Conflict[] => [
  {
    met: settings.TWILIO_AUTH_TOKEN === undefined || settings.PUBLIC_URL !== undefined,
    place: 'PUBLIC_URL',
    found: 'nothing',
    expected: 'the address that Twilio was given, since its signatures cover it',
  },
  {
    met: (settings.TWILIO_ACCOUNT_SID === undefined) === (settings.TWILIO_CALLER_ID === undefined),
    place: settings.TWILIO_ACCOUNT_SID === undefined ? 'TWILIO_ACCOUNT_SID' : 'TWILIO_CALLER_ID',
    found: 'nothing',
    expected: 'both or neither: the account that dials, and its number that phones show',
  },
  {
    met: settings.TWILIO_ACCOUNT_SID === undefined || settings.TWILIO_AUTH_TOKEN !== undefined,
    place: 'TWILIO_AUTH_TOKEN',
    found: 'nothing',
    expected: 'the token of the account that TWILIO_ACCOUNT_SID names',
  },
]
