import { z } from 'zod'
import {
  newSeatSchema,
  seatListSchema,
  seatParamsSchema,
  seatSchema,
  seatSkillsSchema,
} from '../../desk/api.ts'
import type { Desk } from '../../desk/index.ts'
import { type Routes, refusals } from '../route.ts'

export type SeatDependencies = {
  readonly desk: Pick<Desk, 'seats' | 'addSeat' | 'removeSeat' | 'setSkills' | 'setReady' | 'setAway'>
}

export const seatRoutes =
  ({ desk }: SeatDependencies): Routes =>
  app => {
    app.get(
      '/seats',
      {
        config: { roles: ['supervisor'] },
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

    app.delete(
      '/seats/:name',
      {
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

    app.put(
      '/seats/:name/skills',
      {
        config: { roles: ['supervisor'] },
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
      async request => desk.setSkills(request.params.name, request.body.skills),
    )

    app.post(
      '/seats/:name/ready',
      {
        config: { roles: ['supervisor'] },
        schema: {
          tags: ['seats'],
          summary: 'Make a seat ready',
          description: 'From now on the longest waiting caller is offered to it when its turn comes.',
          params: seatParamsSchema,
          response: { 200: seatSchema, ...refusals(404, 409, 503) },
        },
      },
      async request => desk.setReady(request.params.name),
    )

    app.post(
      '/seats/:name/away',
      {
        config: { roles: ['supervisor'] },
        schema: {
          tags: ['seats'],
          summary: 'Take a seat away',
          description: 'It is offered no more calls; one that it is in goes on.',
          params: seatParamsSchema,
          response: { 200: seatSchema, ...refusals(404, 503) },
        },
      },
      async request => desk.setAway(request.params.name),
    )
  }
