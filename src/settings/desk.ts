import { z } from 'zod'
import type { QueueRules } from '../desk/index.ts'
import { type Conflict, count, type GroupValues } from './values.ts'

const skillForm = 'seconds, and skills with their own, as 60,sign=300'

/** Seats and the queue for a person. */
export const deskSettings = {
  SEAT_RING_SECONDS: count(15, 3, 120),
  /** A seat's telephone of which nothing comes for so long is asked whether it is there; its caller is told a second later. */
  SEAT_MISSED_SECONDS: count(2, 1, 10),
  /** One that has answered nothing until then is let go: its caller is the next in the queue. */
  SEAT_LOST_SECONDS: count(15, 6, 120),
  SEAT_WRAP_UP_SECONDS: z.union([z.literal('none'), count(60, 0, 600)], {
    error: 'a whole number from 0 to 600, or none, so that only the agent ends it',
  }),
  /** Whether a seat is shown that a supervisor listens to it, or whispers; who did is written down either way. */
  SUPERVISOR_LISTENING: z.enum(['shown', 'hidden'], { error: 'shown or hidden' }).default('shown'),
  QUEUE_CAPACITY: count(1000, 1, 100_000),
  /** How many points of priority a minute of waiting is worth: an elder caller has 10. */
  QUEUE_POINTS_PER_MINUTE: count(2, 1, 1000),
  /** No priority is worth more minutes than these. */
  QUEUE_AHEAD_MINUTES: count(15, 0, 120),
  /** For how long a skill is insisted on, from the INVITE. */
  QUEUE_SKILL_SECONDS: z
    .string()
    .regex(/^\d{1,4}(,[a-z][a-z0-9-]{0,31}=\d{1,4})*$/, { error: skillForm })
    .default('10,sign=300')
    .transform(text => {
      const [other = '', ...named] = text.split(',')
      const pairs = named.map(pair => pair.split('=')).map(([skill = '', s]) => [skill, Number(s) * 1000])
      const bySkill: Readonly<Record<string, number>> = Object.fromEntries(pairs)
      return { otherMs: Number(other) * 1000, bySkill }
    }),
  /** What a wish for a rare skill is worth at the seats that have it, in minutes of waiting; 0: nothing. */
  QUEUE_SPEAKER_MINUTES: count(5, 0, 120),
  /** For how long a caller who was cut off or gave up in the queue keeps their place; 0: not at all. */
  QUEUE_REDIAL_MINUTES: count(10, 0, 120),
  /** From how long after the INVITE on the priority of an elder caller counts for whoever asks for it by a key. */
  QUEUE_CLAIM_SECONDS: count(60, 0, 3600),
  /** While callers wait, at most so many seats in a hundred serve callbacks that the hotline leads; 100: the earlier INVITE goes first. */
  CALLBACK_LEAD_PERCENT: count(25, 0, 100),
}

type DeskSettings = GroupValues<typeof deskSettings>

const queueRules = (settings: DeskSettings): QueueRules => ({
  pointMs: 60_000 / settings.QUEUE_POINTS_PER_MINUTE,
  mostAheadMs: settings.QUEUE_AHEAD_MINUTES * 60_000,
  insist: settings.QUEUE_SKILL_SECONDS,
  speakerMs: settings.QUEUE_SPEAKER_MINUTES * 60_000,
  redialMs: settings.QUEUE_REDIAL_MINUTES * 60_000,
  claimMs: settings.QUEUE_CLAIM_SECONDS * 1000,
  ledShare: settings.CALLBACK_LEAD_PERCENT / 100,
})

/** How long a caller waits for a seat of which nothing comes. */
export const seatPatience = (settings: DeskSettings) => ({
  missedAfterMs: settings.SEAT_MISSED_SECONDS * 1000,
  lostAfterMs: settings.SEAT_LOST_SECONDS * 1000,
})

export const deskConflicts = (settings: DeskSettings): readonly Conflict[] => [
  {
    met: settings.SEAT_LOST_SECONDS >= settings.SEAT_MISSED_SECONDS + 3,
    place: 'SEAT_LOST_SECONDS',
    found: String(settings.SEAT_LOST_SECONDS),
    expected: `at least 3 more than SEAT_MISSED_SECONDS (${settings.SEAT_MISSED_SECONDS}): a telephone has a second to answer`,
  },
]

/** What the desk is to know of its queue. */
export const queueLimits = (settings: DeskSettings) => ({
  capacity: settings.QUEUE_CAPACITY,
  rules: queueRules(settings),
})
