import { z } from 'zod'
import {
  awayRequestSchema,
  newSeatSchema,
  seatChangeSchema,
  seatListSchema,
  seatParamsSchema,
  seatSchema,
  seatSkillsSchema,
  seatSpellQuerySchema,
  seatSpellsSchema,
} from '../../desk/api.ts'
import type { Acts, Desk } from '../../desk/index.ts'
import { actorOf } from '../guard.ts'
import { type Routes, refusals } from '../route.ts'
import { changed, inBody, param, rights } from '../trail/marks.ts'

export type SeatDependencies = {
  readonly desk: Pick<
    Desk,
    | 'seats'
    | 'addSeat'
    | 'changeSeat'
    | 'removeSeat'
    | 'setSkills'
    | 'setReady'
    | 'setAway'
    | 'signIn'
    | 'signOut'
    | 'finishWrapUp'
    | 'spells'
  >
  /** Records what was done to a seat, and by whom; nothing is recorded when absent. */
  readonly acts?: Pick<Acts, 'note'>
}

export const seatRoutes =
  ({ desk, acts }: SeatDependencies): Routes =>
  app => {
    app.get(
      '/seats',
      {
        config: { roles: ['supervisor'], trail: 'nothing' },
        schema: {
          tags: ['seats'],
          summary: 'List seats',
          description: 'Every seat and what it is doing.',
          response: { 200: seatListSchema, ...refusals(503) },
        },
      },
      async () => ({ seats: desk.seats() }),
    )

    app.post(
      '/seats',
      {
        config: { trail: rights(inBody('name')) },
        schema: {
          tags: ['seats'],
          summary: 'Add a seat',
          description:
            'A phone with a fixed address (`contact`), or one that registers with a digest password (`password`). It begins away.',
          body: newSeatSchema,
          response: { 201: seatSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) => reply.code(201).send(desk.addSeat(request.body)),
    )

    app.post(
      '/seats/:name/change',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['seats'],
          summary: 'Change a seat',
          description:
            'Another name to read, another number, another fixed address (`contact`), or another password by which its phone registers. A call that it is in goes on; while its page is open, that is what rings.',
          params: seatParamsSchema,
          body: seatChangeSchema,
          response: { 200: seatSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => desk.changeSeat(request.params.name, request.body),
    )

    app.delete(
      '/seats/:name',
      {
        config: { trail: rights(param('name')) },
        schema: {
          tags: ['seats'],
          summary: 'Remove a seat',
          description: 'It is offered no more calls, and its phone can no longer register.',
          params: seatParamsSchema,
          response: { 204: z.undefined().describe('Removed'), ...refusals(404, 409, 503) },
        },
      },
      async (request, reply) => {
        desk.removeSeat(request.params.name)
        return reply.code(204).send()
      },
    )

    app.post(
      '/seats/:name/skills',
      {
        config: { roles: ['supervisor'], trail: changed('name') },
        schema: {
          tags: ['seats'],
          summary: 'Say what a seat can do',
          description:
            'Callers who wish for a skill are offered to seats that have it, and after a while to all. An empty list takes all away.',
          params: seatParamsSchema,
          body: seatSkillsSchema,
          response: { 200: seatSchema, ...refusals(404, 503) },
        },
      },
      async request => {
        const { name: seat } = request.params
        const { skills } = request.body
        const shown = desk.setSkills(seat, skills)
        acts?.note({ by: actorOf(request), act: 'skills', seat, detail: skills.join(' ') })
        return shown
      },
    )

    app.post(
      '/seats/:name/ready',
      {
        config: { roles: ['supervisor'], trail: changed('name') },
        schema: {
          tags: ['seats'],
          summary: 'Make a seat ready',
          description: 'From now on the longest waiting caller is offered to it when its turn comes.',
          params: seatParamsSchema,
          response: { 200: seatSchema, ...refusals(404, 409, 503) },
        },
      },
      async request => {
        const { name: seat } = request.params
        const shown = desk.setReady(seat)
        acts?.note({ by: actorOf(request), act: 'ready', seat })
        return shown
      },
    )

    app.post(
      '/seats/:name/away',
      {
        config: { roles: ['supervisor'], trail: changed('name') },
        schema: {
          tags: ['seats'],
          summary: 'Take a seat away',
          description:
            'It is offered no more calls, for the reason that is given; one that it is in goes on. An agent on another break is on this one from now on.',
          params: seatParamsSchema,
          body: awayRequestSchema,
          response: { 200: seatSchema, ...refusals(404, 503) },
        },
      },
      async request => {
        const { name: seat } = request.params
        const shown = desk.setAway(seat, request.body?.reason)
        acts?.note({ by: actorOf(request), act: 'away', seat, detail: shown.reason })
        return shown
      },
    )

    for (const { path, summary, description, act, noted } of [
      {
        path: '/seats/:name/sign-in',
        summary: 'Begin a shift at a seat',
        description: 'It is on a break until it is made ready. One that is at work already stays as it is.',
        act: desk.signIn,
        noted: 'sign-in' as const,
      },
      {
        path: '/seats/:name/sign-out',
        summary: 'End a shift at a seat',
        description: 'Nobody is at work there; a call that it is in goes on.',
        act: desk.signOut,
        noted: 'sign-out' as const,
      },
      {
        path: '/seats/:name/done',
        summary: 'End the wrap-up of a seat',
        description: 'Notes are written: it is ready, or on the break that was asked for meanwhile.',
        act: desk.finishWrapUp,
        noted: 'done' as const,
      },
    ])
      app.post(
        path,
        {
          config: { roles: ['supervisor'], trail: changed('name') },
          schema: {
            tags: ['seats'],
            summary,
            description,
            params: seatParamsSchema,
            response: { 200: seatSchema, ...refusals(404, 503) },
          },
        },
        async request => {
          const { name: seat } = request.params
          const shown = act(seat)
          acts?.note({ by: actorOf(request), act: noted, seat })
          return shown
        },
      )

    app.get(
      '/seats/states',
      {
        config: { roles: ['supervisor'], trail: 'nothing' },
        schema: {
          tags: ['seats'],
          summary: 'Who was there when',
          description:
            'How long each seat was in which state, why, and who sat there, in the order in which it began.',
          querystring: seatSpellQuerySchema,
          response: { 200: seatSpellsSchema, ...refusals(503) },
        },
      },
      async request => ({ spells: await desk.spells(request.query) }),
    )
  }
