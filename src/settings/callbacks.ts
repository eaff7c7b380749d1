import { z } from 'zod'
import { type CallbackRules, ordinaryCallbackRules } from '../callbacks/index.ts'
import type { City } from '../city/index.ts'
import { count, days, type GroupValues, numbers } from './values.ts'

const expected = 'hours such as 09:00-20:00, the first before the last'

/** `09:00-20:00`; gives minutes since midnight. */
const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: expected })
  .transform(text => {
    const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
    return { fromMinute: minuteOf(text.slice(0, 5)), untilMinute: minuteOf(text.slice(6)) }
  })
  .refine(({ fromMinute, untilMinute }) => fromMinute < untilMinute, { error: expected })

/** Callbacks: whoever was not served is called back. */
export const callbacksSettings = {
  /** Who leads callbacks: agents, who choose from the list, or the hotline, which holds the agent whose turn it is and rings. */
  CALLBACK_LEAD: z.enum(['agents', 'hotline'], { error: 'agents or hotline' }).default('agents'),
  /** Minutes in opening hours within which somebody who was not served is called back. */
  CALLBACK_MINUTES: count(30, 1, 1440),
  /** Hours in which those minutes run; the city's opening hours when it is not set. */
  CALLBACK_HOURS: span.optional(),
  /** Days on which they run: every, or workdays of the city's calendar. */
  CALLBACK_DAYS: z.enum(['every', 'workdays'], { error: 'every or workdays' }).default('every'),
  /** Hours in which somebody who was not reached is called again, and in which the hotline itself rings whoever is owed a call. */
  CALLBACK_AGAIN_HOURS: span.prefault('09:00-20:00'),
  /** Outside those hours the hotline itself rings only whoever rang within so many minutes; 0: nobody. */
  CALLBACK_AWAKE_MINUTES: count(60, 0, 1440),
  /** Minutes between two tries. */
  CALLBACK_AGAIN_MINUTES: count(60, 1, 1440),
  /** Tries until a callback is given up and the citizen is sent a text; the last is on another day. */
  CALLBACK_TRIES: count(3, 1, 9),
  /** Whoever waited longer, in seconds from the INVITE, and hung up is owed a callback. */
  CALLBACK_ABANDONED_SECONDS: count(10, 0, 600),
  /** An agent who took a callback and does nothing with it, or does not say what came of it, for so many minutes loses it. */
  CALLBACK_TAKEN_MINUTES: count(15, 1, 240),
  /** Said in the rules of retention now, as `recordings`; read for this version, and counts before the file. */
  CALLBACK_MESSAGE_DAYS: days(0),
  /** Numbers that are sent a text when a callback is late, between commas. */
  CALLBACK_WARNED: numbers(''),
}

const minuteMs = 60_000

/** Whoever sets neither hours nor days has those in which the city's people take calls. */
function openOf(
  { CALLBACK_HOURS: hours, CALLBACK_DAYS: days }: GroupValues<typeof callbacksSettings>,
  city: Pick<City, 'openingHours'>,
): CallbackRules['open'] {
  if (hours === undefined && days === 'every')
    return {
      // The city may open at other hours while the house runs.
      get byDay() {
        return city.openingHours
      },
    }
  return { ...(hours ?? { fromMinute: 0, untilMinute: 1440 }), days }
}

export const callbackRulesOf = (
  settings: GroupValues<typeof callbacksSettings>,
  city: Pick<City, 'openingHours'>,
): CallbackRules => ({
  ...ordinaryCallbackRules,
  limitMs: settings.CALLBACK_MINUTES * minuteMs,
  open: openOf(settings, city),
  again: settings.CALLBACK_AGAIN_HOURS,
  awakeMs: settings.CALLBACK_AWAKE_MINUTES * minuteMs,
  apartMs: settings.CALLBACK_AGAIN_MINUTES * minuteMs,
  tries: settings.CALLBACK_TRIES,
  triesADay: Math.max(1, settings.CALLBACK_TRIES - 1),
  takenMs: settings.CALLBACK_TAKEN_MINUTES * minuteMs,
  abandonedMs: settings.CALLBACK_ABANDONED_SECONDS * 1000,
  warned: settings.CALLBACK_WARNED,
})
