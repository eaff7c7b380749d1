import type { Callers } from '../../callers/index.ts'
import {
  callerLadderSchema,
  ladderListSchema,
  ladderParamsSchema,
  stepAppealSchema,
  stepDecisionSchema,
  stepGivenSchema,
  stepParamsSchema,
} from '../../callers/ladder/api.ts'
import { Fault } from '../../foundation/index.ts'
import type { Orders } from '../../orders/index.ts'
import type { Staff } from '../../staff/index.ts'
import { type CallRecords, type Home, normaliseNumber } from '../../telephony/index.ts'
import { memberOf } from '../guard.ts'
import { oneOfTwo } from '../one-of-two.ts'
import { type Routes, refusals } from '../route.ts'
import { changed, param } from '../trail/marks.ts'

const seats = { roles: ['seat', 'supervisor'] as const, isForMembers: true } as const
const supervisors = { roles: ['supervisor'] as const, isForMembers: true } as const
const tags = ['callers']

type Dependencies = {
  readonly callers: Pick<Callers, 'ladder'>
  readonly calls: Pick<CallRecords, 'find'>
  readonly orders: Pick<Orders, 'show'>
  readonly staff: Pick<Staff, 'checkSecondPerson'>
  readonly city: Home
}

/** The ladder for malicious or unreasonable callers. */
export const ladderRoutes =
  ({ callers: { ladder }, staff, city, ...facts }: Dependencies): Routes =>
  app => {
    const decider = oneOfTwo(staff)
    app.get(
      '/ladder',
      {
        config: { roles: ['supervisor'], trail: { act: 'listed' } },
        schema: {
          tags,
          summary: 'List callers on the ladder',
          description: 'Who waits for a decision first, then the latest, each with every step.',
          response: { 200: ladderListSchema, ...refusals(503) },
        },
      },
      () => ladder.list(),
    )

    app.get(
      '/callers/:number/ladder',
      {
        config: { roles: ['seat', 'supervisor'], trail: { act: 'read', number: param('number') } },
        schema: {
          tags,
          summary: 'Show where a caller stands on the ladder',
          description: 'The steps that were taken, and which may come next.',
          params: ladderParamsSchema,
          response: { 200: callerLadderSchema, ...refusals(503) },
        },
      },
      request => ladder.of(normaliseNumber(request.params.number, city)),
    )

    app.post(
      '/callers/:number/ladder',
      {
        config: { ...seats, trail: { act: 'changed', number: param('number') } },
        schema: {
          tags,
          summary: 'Take a step of the ladder',
          description:
            'One after the other, each on something that happened since. A restriction is proposed by a supervisor, and takes a second person. Numbers that are withheld or that nobody vouches for are not restricted.',
          params: ladderParamsSchema,
          body: stepGivenSchema,
          response: { 200: callerLadderSchema, ...refusals(409, 422, 503) },
        },
      },
      async request => {
        const { name, role } = memberOf(request)
        const number = normaliseNumber(request.params.number, city)
        const { step } = request.body
        if (step === 'restrict') {
          if (role === 'seat') throw wrong('ladder-step', 'body.step', step, 'a supervisor, who restricts')
          await staff.checkSecondPerson(name)
        }
        const hasCall = await checkFacts(facts, number, request.body.facts, city)
        if (step === 'restrict' && !hasCall)
          throw wrong(
            'ladder-facts',
            'body.facts',
            'no call',
            'a call of this number that the network vouches for',
          )
        return ladder.take(number, request.body, name)
      },
    )

    app.post(
      '/ladder/:id/decision',
      {
        config: { ...supervisors, trail: changed('id') },
        schema: {
          tags,
          summary: 'Decide on a restriction or on its appeal',
          description:
            'A second person agrees, and it holds until its day. An appeal is decided by somebody else than those two: agreed, and it is lifted.',
          params: stepParamsSchema,
          body: stepDecisionSchema,
          response: { 200: callerLadderSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        const by = await decider(request)
        return ladder.decide(request.params.id, request.body, by)
      },
    )

    app.post(
      '/ladder/:id/appeal',
      {
        config: { ...seats, trail: changed('id') },
        schema: {
          tags,
          summary: 'Write an appeal against a restriction down',
          description: 'Once, as the caller says it. It does not hold until somebody else has decided.',
          params: stepParamsSchema,
          body: stepAppealSchema,
          response: { 200: callerLadderSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      request => ladder.appeal(request.params.id, request.body.words, memberOf(request).name),
    )
  }

/**
 * Checks that each fact is a call from this number, as proved by its network, or an order of this caller.
 * @returns whether a call is among them
 * @throws Fault `ladder-facts`
 */
async function checkFacts(
  { calls, orders }: Pick<Dependencies, 'calls' | 'orders'>,
  number: string,
  facts: readonly string[],
  city: Home,
): Promise<boolean> {
  let hasCall = false
  for (const fact of facts) {
    if (!fact.startsWith('call_')) {
      const { order } = await orders.show(fact, { role: 'supervisor', person: 'jieting' })
      if (order.caller !== number) throw wrong('ladder-facts', 'body.facts', fact, 'an order of this caller')
      continue
    }
    const call = (await calls.find(fact))?.call
    const isTheirs =
      call?.direction === 'in' && call.proved !== false && normaliseNumber(call.caller, city) === number
    if (!isTheirs)
      throw wrong('ladder-facts', 'body.facts', fact, 'a call of this number, by its network’s word')
    hasCall = true
  }
  return hasCall
}

const wrong = (code: 'ladder-facts' | 'ladder-step', place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
