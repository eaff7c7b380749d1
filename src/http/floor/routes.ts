import { z } from 'zod'
import { seatParamsSchema } from '../../desk/api.ts'
import {
  deskActListSchema,
  type FloorDates,
  type FloorDay,
  type FloorNow,
  floorDatesSchema,
  floorDaySchema,
  floorFileParamsSchema,
  floorFileQuerySchema,
  floorListSchema,
  floorNowSchema,
  type LostCallView,
  lostListSchema,
  moveCallerSchema,
  movedCallerParamsSchema,
  superviseSchema,
} from '../../desk/floor/api.ts'
import { type Acts, type Desk, talkAt } from '../../desk/index.ts'
import type { CallId } from '../../telephony/index.ts'
import { actorOf, memberOf } from '../guard.ts'
import { type Routes, refusals } from '../route.ts'
import { type NameDependencies, namesOf } from '../staff/names.ts'
import { changed, param } from '../trail/marks.ts'
import { floorFile } from './files.ts'

type Stretch = { readonly fromMs: number; readonly untilMs: number }

export type FloorDependencies = {
  readonly floor: {
    readonly acts: Pick<Acts, 'note' | 'list'>
    now(): Promise<FloorNow>
    stretchOf(dates: FloorDates): Stretch
    count(stretch: Stretch): Promise<FloorDay>
    lost(stretch: Stretch, limit: number): Promise<readonly LostCallView[]>
  }
  readonly desk: Pick<Desk, 'move' | 'seats' | 'at'>
  readonly staff: NameDependencies['staff']
  readonly timeZone: string
}

const tags = ['floor']
const config = { roles: ['supervisor'] as const }
/** Listening in needs a named member, who sits at the seat of that name. */
const inPerson = { ...config, isForMembers: true }
/** Beyond this many rows, the database is the right tool, not a spreadsheet. */
const mostRows = 10_000

/** What supervisors see of the floor, now and on other days, and how they manage its queue. */
export const floorRoutes =
  ({ floor, desk, staff, timeZone }: FloorDependencies): Routes =>
  app => {
    app.get(
      '/floor',
      {
        config: { ...config, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'Look at the floor',
          description:
            'Seats and their callers, the queue in its order, and all calls that are up, as they are now.',
          response: { 200: floorNowSchema, ...refusals(503) },
        },
      },
      () => floor.now(),
    )

    app.get(
      '/floor/figures',
      {
        config: { ...config, trail: 'nothing' },
        schema: {
          tags,
          summary: 'Count a day',
          description:
            'What a day came to, or up to 31 of them: how soon callers had a person, both levels of service by any 24 consecutive hours (GB/T 33358-2016), menus, and outgoing calls apart. Today so far, where no day is named.',
          querystring: floorDatesSchema,
          response: { 200: floorDaySchema, ...refusals(422, 503) },
        },
      },
      async request => floor.count(floor.stretchOf(request.query)),
    )

    app.get(
      '/floor/lost',
      {
        config: { ...config, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List who gave up',
          description: 'Callers who wanted a person and ended the call without one, the latest first.',
          querystring: floorListSchema,
          response: { 200: lostListSchema, ...refusals(422, 503) },
        },
      },
      async request => ({
        calls: await floor.lost(floor.stretchOf(request.query), request.query.limit),
      }),
    )

    app.get(
      '/floor/acts',
      {
        config: { ...config, trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List what supervisors did',
          description:
            'Callers moved, skills changed, seats set to a break: what, when, and who; the latest first.',
          querystring: floorListSchema,
          response: { 200: deskActListSchema, ...refusals(422, 503) },
        },
      },
      async request => ({
        acts: await floor.acts.list({ ...floor.stretchOf(request.query), limit: request.query.limit }),
      }),
    )

    app.get(
      '/floor/:table.csv',
      {
        config: { ...config, trail: { act: 'exported', about: param('table') } },
        schema: {
          tags,
          summary: 'Take a table of the floor along',
          description:
            'The same as a file for a spreadsheet: RFC 4180, UTF-8 with a mark. What would be run as a formula is text.',
          params: floorFileParamsSchema,
          querystring: floorFileQuerySchema,
          response: { 200: z.string(), ...refusals(422, 503) },
        },
      },
      async (request, reply) => {
        const { table } = request.params
        const stretch = floor.stretchOf(request.query)
        const text = await floorFile(table, {
          now: floor.now,
          day: () => floor.count(stretch),
          lost: () => floor.lost(stretch, mostRows),
          acts: () => floor.acts.list({ ...stretch, limit: mostRows }),
          names: () => namesOf({ staff, desk }),
          language: request.query.lang,
          timeZone,
        })
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="floor-${table}.csv"`)
          .send(text)
      },
    )

    app.post(
      '/floor/queue/:call/move',
      {
        config: { ...config, trail: changed('call') },
        schema: {
          tags,
          summary: 'Move a waiting caller',
          description:
            'To the head of the queue, or kept for one seat that takes calls. Written down with who did it, here and at the call.',
          params: movedCallerParamsSchema,
          body: moveCallerSchema,
          response: { 204: z.undefined().describe('Moved'), ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { call } = request.params
        const { seat } = request.body
        const by = actorOf(request)
        await desk.move(call as CallId, { seat, by })
        floor.acts.note({ by, act: 'move', call, seat })
        return reply.code(204).send()
      },
    )

    app.post(
      '/floor/seats/:name/supervise',
      {
        config: { ...inPerson, trail: { act: 'listened', about: param('name') } },
        schema: {
          tags,
          summary: 'Listen to a seat, whisper to it, or join',
          description:
            'Rings the phone of your own seat, which has your name, and puts it beside the seat that talks; once it is there, changes how. Whoever hangs up has left. Written down with who did it, here and at the call.',
          params: seatParamsSchema,
          body: superviseSchema,
          response: {
            204: z.undefined().describe('The supervisor is there'),
            ...refusals(404, 409, 422, 503),
          },
        },
      },
      async (request, reply) => {
        const { name } = request.params
        const { how } = request.body
        const { name: by } = memberOf(request)
        const talk = talkAt(desk, name)
        await talk.supervise(by, how, by)
        floor.acts.note({ by, act: how, call: talk.call.id, seat: name })
        return reply.code(204).send()
      },
    )

    app.post(
      '/floor/seats/:name/take-over',
      {
        config: { ...inPerson, trail: changed('name') },
        schema: {
          tags,
          summary: 'Take a caller over from a seat',
          description:
            'You, who are beside the seat, have the caller from now on, and the seat writes its notes.',
          params: seatParamsSchema,
          response: { 204: z.undefined().describe('Taken over'), ...refusals(404, 409, 422, 503) },
        },
      },
      async (request, reply) => {
        const { name } = request.params
        const { name: by } = memberOf(request)
        const talk = talkAt(desk, name)
        await talk.takeOver(by)
        floor.acts.note({ by, act: 'take-over', call: talk.call.id, seat: name })
        return reply.code(204).send()
      },
    )
  }
