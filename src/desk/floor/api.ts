import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'
import { callerPlaceSchema, dayFiguresSchema, daySidesSchema, levelsSchema } from '../../telephony/api.ts'
import { seatName, seatSchema, supervisingSchema, talkPhaseSchema } from '../api.ts'

/** What supervisors see and do on the floor, over HTTP and the floor's socket. */

const placesSchema = z
  .array(z.object({ place: callerPlaceSchema, calls: z.int() }))
  .readonly()
  .describe('Where callers are now, and how many; where nobody is, is left out')

const maskedNumber = z.string().describe('The number on the other side, as 138****8001; empty when withheld')

export const floorCallSchema = z
  .object({
    id: z.string(),
    line: z.string(),
    direction: z.enum(['in', 'out']),
    number: maskedNumber,
    place: callerPlaceSchema,
    placeSinceMs: ms('Since when it is there, ms since 1970'),
    waitingSinceMs: ms('The INVITE from which its waiting counts, ms since 1970'),
    seat: z.string().describe('The seat that rings for it, or talks; or that it is kept for').optional(),
    queuePlace: z
      .int()
      .describe('Its place in the queue, 1 the next; absent for one that does not wait')
      .optional(),
    aheadMs: ms('By how much its priority puts it before others who rang when it did').optional(),
    isAtHead: z.boolean().describe('A supervisor put it at the head').optional(),
    skills: z.array(z.string()).readonly().describe('What it would have the seat be able to do').optional(),
    hasCaptions: z.boolean().describe('There is something to read of it'),
  })
  .describe('A call that is up')

export const floorTalkSchema = z
  .object({
    seat: z.string(),
    call: z.string(),
    number: maskedNumber,
    reason: z.string().describe('Why they came: the reason of the flow’s verb `queue`'),
    phase: z.union([z.literal('ringing'), talkPhaseSchema]),
    third: z.string().describe('Whom the seat asked in').optional(),
    supervisor: z
      .object({ by: z.string(), how: supervisingSchema })
      .describe('Who is beside the seat')
      .optional(),
    helpSinceMs: ms('Since when the seat asks for help, ms since 1970').optional(),
    awaySinceMs: ms(
      'Since when nothing comes of the seat’s telephone, and it does not answer, ms since 1970',
    ).optional(),
  })
  .describe('A seat and its caller')

export const floorNowSchema = z
  .object({
    nowMs: ms('The house’s time, ms since 1970'),
    waiting: z.int(),
    waitingSinceMs: ms('The INVITE of who has waited longest; absent while nobody waits').optional(),
    seats: z.array(seatSchema).readonly(),
    talks: z.array(floorTalkSchema).readonly().describe('Who talks to whom'),
    unattended: z
      .array(
        z.object({
          call: z.string(),
          number: maskedNumber,
          seat: z.string().describe('The seat that was lost'),
          sinceMs: ms('Since when, ms since 1970'),
        }),
      )
      .readonly()
      .describe('Callers who talk on with somebody outside since their seat was lost'),
    calls: z
      .array(floorCallSchema)
      .readonly()
      .describe('Calls that are up: who waits first, in the order of the queue; 200 at most'),
    callsUp: z.int().describe('How many are up in all'),
    places: placesSchema,
  })
  .describe('The floor as it is now')

export const floorDaySchema = dayFiguresSchema
  .extend(daySidesSchema.shape)
  .extend({
    levels: levelsSchema,
    fromMs: ms('From, ms since 1970'),
    untilMs: ms('Until, ms since 1970; now, where the day is not over'),
    soonMs: ms('What counts as soon'),
    target: z.number().describe('Of those who want a person, the share that should reach one'),
  })
  .describe('What a day, or several, came to')

const dateForm = 'a day, as 2026-01-05'
const date = z.iso.date({ error: dateForm }).describe(dateForm)
export const floorDatesSchema = z.object({
  from: date.describe('The first day in the city; today when absent').optional(),
  to: date.describe('The last day, which counts; the first when absent').optional(),
})
export const floorListSchema = floorDatesSchema.extend({
  limit: z.coerce.number().int().min(1).max(10_000).default(200).describe('How many at most'),
})

export const lostCallSchema = z
  .object({
    id: z.string(),
    line: z.string(),
    flow: z.string().describe('The flow that led it'),
    number: maskedNumber,
    invitedAtMs: ms('When it rang, ms since 1970'),
    waitedMs: ms('From the INVITE to the end'),
    why: z.enum(['gave-up', 'turned-away']).describe('They gave up, or the queue had no place for them'),
    cameBack: z.boolean().describe('Rang again, and reached a person'),
  })
  .describe('Somebody who wanted a person and got none; whoever chose a callback is not listed')
export const lostListSchema = z.object({ calls: z.array(lostCallSchema).readonly() })

export const moveCallerSchema = z.strictObject({
  seat: seatName.describe('Kept for this seat; for the head of the queue when absent').optional(),
})
export const superviseSchema = z.strictObject({ how: supervisingSchema })

export const movedCallerParamsSchema = z.object({
  call: z.string().regex(/^call_[0-9a-z]+$/, { error: 'the id of a call, as call_ and its digits' }),
})

/** What a supervisor did at the desk, and who they are. */
export const deskActSchema = z
  .object({
    atMs: ms('When, ms since 1970'),
    by: z.string().describe('The name by which they sign in; program for the token of the API'),
    act: z.enum([
      'move',
      'skills',
      'ready',
      'away',
      'sign-in',
      'sign-out',
      'done',
      'listening',
      'whispering',
      'speaking',
      'take-over',
    ]),
    seat: z.string().optional(),
    call: z.string().optional(),
    detail: z.string().describe('The reason of a break, or the skills').optional(),
  })
  .describe('What somebody did to a seat or a caller')
export const deskActListSchema = z.object({ acts: z.array(deskActSchema).readonly() })

export const floorTables = ['seats', 'calls', 'figures', 'hours', 'lost', 'outgoing', 'acts'] as const
export const floorFileParamsSchema = z.object({
  table: z.enum(floorTables, { error: floorTables.join(', ') }).describe('Which table'),
})
export const floorFileQuerySchema = floorDatesSchema.extend({
  lang: z.enum(['zh-CN', 'en'], { error: 'zh-CN or en' }).default('zh-CN').describe('Of the heads'),
})

/** What the floor's page is sent over the socket at /floor/live, whole each time. The page itself sends nothing. */
export type ToFloorPage = FloorNow & {
  /** Today's figures; absent until the database has answered. */
  readonly day?: FloorDay
}

export type FloorNow = Readonly<z.output<typeof floorNowSchema>>
export type FloorCall = Readonly<z.output<typeof floorCallSchema>>
export type FloorDay = Readonly<z.output<typeof floorDaySchema>>
export type FloorDates = Readonly<z.output<typeof floorDatesSchema>>
export type FloorTable = (typeof floorTables)[number]
export type LostCallView = Readonly<z.output<typeof lostCallSchema>>
export type DeskAct = Readonly<z.output<typeof deskActSchema>>
