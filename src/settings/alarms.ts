import { z } from 'zod'
import { type Conflict, type GroupValues, sealedUrl } from './values.ts'

/** Who is told at once when a part is down. */
export const alarmsSettings = {
  /** A server that is told when a part of `/readyz` goes down or comes up: by https, or on this machine. */
  ALARM_WEBHOOK: sealedUrl.optional(),
  /** What each alarm is signed with, so that the server knows who raised it. */
  ALARM_KEY: z
    .string()
    .regex(/^\S{24,}$/, { error: 'at least 24 characters, without spaces' })
    .optional(),
}

export const alarmsSecrets = ['ALARM_KEY']

export const alarmsConflicts = (settings: GroupValues<typeof alarmsSettings>): readonly Conflict[] => [
  {
    met: settings.ALARM_WEBHOOK === undefined || settings.ALARM_KEY !== undefined,
    place: 'ALARM_WEBHOOK',
    found: 'a server without a key',
    expected: 'ALARM_KEY, which that server holds, too',
  },
]

/** Whom to tell, where somebody is. */
export function alarmWebhookOf({ ALARM_WEBHOOK: url, ALARM_KEY: key }: GroupValues<typeof alarmsSettings>) {
  return url === undefined || key === undefined ? undefined : { url, key }
}
