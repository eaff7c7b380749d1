import {
  flowDiffQuerySchema,
  flowDiffSchema,
  flowFilesSchema,
  flowPromotionSchema,
  flowRequestSchema,
  flowRollbackSchema,
  flowsNowSchema,
  flowUseSchema,
  flowVersionParamsSchema,
  flowVersionsSchema,
} from '../../ivr/api.ts'
import type { FlowCrowd, Flows, FlowUse } from '../../ivr/index.ts'
import { type Routes, refusals } from '../route.ts'
import { rules } from '../trail/marks.ts'
import { createFlowMaps, mostListed, useOf, versionsOf } from './view.ts'

/** A large city may send all its files at once. */
const bodyLimit = 4 * 1024 * 1024

export type FlowDependencies = {
  readonly flows: Omit<Flows, 'close'>
  /** How many calls are in each state now. */
  readonly crowd: Pick<FlowCrowd, 'count'>
}

export const flowRoutes =
  ({ flows, crowd }: FlowDependencies): Routes =>
  app => {
    const maps = createFlowMaps()
    const shown = (use: FlowUse) => useOf(use, flows.hints())
    app.get(
      '/flows',
      {
        config: { roles: ['supervisor'], trail: 'nothing' },
        schema: {
          tags: ['flows'],
          summary: 'Show the flows that answer now',
          description:
            'Each flow as it is drawn, how many calls are in each state, what the proof found, and the version.',
          response: { 200: flowsNowSchema, ...refusals() },
        },
      },
      async () => {
        const trial = (await flows.use().catch(() => undefined))?.trial
        return maps.now(flows.current(), flows.proof(), crowd.count(), trial)
      },
    )

    app.get(
      '/flow-versions',
      {
        config: { roles: ['supervisor'], trail: 'nothing' },
        schema: {
          tags: ['flows'],
          summary: 'List versions of the flows',
          description: 'What answers now, every version with its author and its proof, and what was refused.',
          response: { 200: flowVersionsSchema, ...refusals(503) },
        },
      },
      async () => {
        const [use, versions] = await Promise.all([flows.use(), flows.list(mostListed)])
        return versionsOf(versions, use, flows.refusal(), flows.hints())
      },
    )

    app.get(
      '/flow-versions/:number/files',
      {
        config: { roles: ['supervisor'], trail: 'nothing' },
        schema: {
          tags: ['flows'],
          summary: 'Show the files of a version',
          description: 'Each flow file as its author wrote it.',
          params: flowVersionParamsSchema,
          response: { 200: flowFilesSchema, ...refusals(404, 503) },
        },
      },
      async request => ({ files: await flows.files(request.params.number) }),
    )

    app.get(
      '/flow-versions/:number/diff',
      {
        config: { roles: ['supervisor'], trail: 'nothing' },
        schema: {
          tags: ['flows'],
          summary: 'Show what a version changed',
          description: 'The differences to the version that it came after, or to the one that `from` names.',
          params: flowVersionParamsSchema,
          querystring: flowDiffQuerySchema,
          response: { 200: flowDiffSchema, ...refusals(404, 503) },
        },
      },
      async request => {
        const to = request.params.number
        const from = request.query.from ?? (await flows.version(to)).parent
        return { from, to, files: await flows.diff(from, to) }
      },
    )

    app.post(
      '/flows',
      {
        config: { trail: rules() },
        bodyLimit,
        schema: {
          tags: ['flows'],
          summary: 'Take flows into use',
          description:
            'Proves the files together with the others in use; calls that begin from then on get them, or with `share` some of those calls. Calls in progress stay on what they began with. Broken flows are refused, each fault with file:line:column, and the old ones go on.',
          body: flowRequestSchema,
          response: { 201: flowUseSchema, ...refusals(409, 422, 503) },
        },
      },
      async (request, reply) => reply.code(201).send(shown(await flows.load(request.body))),
    )

    app.post(
      '/flows/promote',
      {
        config: { trail: rules() },
        schema: {
          tags: ['flows'],
          summary: 'Let the version on trial answer every call',
          description: 'Ends the trial in favour of what was tried.',
          body: flowPromotionSchema,
          response: { 200: flowUseSchema, ...refusals(409, 503) },
        },
      },
      async request => shown(await flows.promote(request.body.author)),
    )

    app.post(
      '/flows/rollback',
      {
        config: { trail: rules() },
        schema: {
          tags: ['flows'],
          summary: 'Go back to an earlier version',
          description:
            'Ends a trial; without one, what answered before returns, or the version that `to` names.',
          body: flowRollbackSchema,
          response: { 200: flowUseSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => shown(await flows.rollback(request.body.author, request.body.to)),
    )
  }
