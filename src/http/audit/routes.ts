import { Readable } from 'node:stream'
import { z } from 'zod'
import { anchorsSchema, sealListSchema } from '../../ledger/api.ts'
import type { Auditing } from '../../ledger/index.ts'
import { auditQuerySchema, auditReportSchema } from '../../surveys/api.ts'
import type { Surveys } from '../../surveys/index.ts'
import { type Routes, refusals } from '../route.ts'

const supervisors = { roles: ['supervisor', 'auditor'] as const }
const tags = ['audit']

export type AuditDesk = {
  readonly auditing: Pick<Auditing, 'audit' | 'export' | 'seals' | 'seal' | 'publicKey' | 'olderPublicKeys'>
  readonly surveys: Pick<Surveys, 'coached'>
}

/** Checks reports against what happened, and gives what an independent program needs to check for itself. */
export const auditRoutes =
  ({ auditing, surveys }: AuditDesk): Routes =>
  app => {
    const { publicKey, olderPublicKeys } = auditing
    app.post(
      '/audit',
      {
        config: { ...supervisors, trail: { act: 'audited' } },
        schema: {
          tags,
          summary: 'Audit what is reported',
          description:
            'Walks every chain of hashes, rebuilds each reported column of orders, surveys and staff from what happened, compares both ways and with the seals, and lists what looks coached.',
          querystring: auditQuerySchema,
          body: anchorsSchema,
          response: { 200: auditReportSchema, ...refusals(503) },
        },
      },
      async request => ({
        ...(await auditing.audit(request.body.heads)),
        coached: [...(await surveys.coached(request.query))],
      }),
    )

    app.get(
      '/audit/export',
      {
        config: { trail: { act: 'exported', about: () => 'ledger' } },
        // The export holds citizens' words and numbers, so only those who may see everything get it.
        schema: {
          tags,
          summary: 'Export the ledger',
          description: 'As lines of JSON; examples/check-ledger.mjs checks it without any code of ours.',
          response: { 200: z.unknown().describe('Lines of JSON'), ...refusals(503) },
        },
      },
      async (_request, reply) => reply.type('application/x-ndjson').send(Readable.from(auditing.export())),
    )

    app.get(
      '/audit/seals',
      {
        config: { ...supervisors, trail: 'nothing' },
        schema: {
          tags,
          summary: 'List seals',
          description: 'Each with what was signed, and the public key that it is checked with.',
          response: { 200: sealListSchema, ...refusals(503) },
        },
      },
      async () => ({ publicKey, olderPublicKeys, seals: [...(await auditing.seals())] }),
    )

    app.post(
      '/audit/seals',
      {
        config: { ...supervisors, trail: { act: 'audited' } },
        schema: {
          tags,
          summary: 'Seal now',
          description: 'Beside the seal of each day; it is sent out in the same way.',
          response: { 200: sealListSchema, ...refusals(503) },
        },
      },
      async () => {
        const seal = await auditing.seal()
        return { publicKey, olderPublicKeys, seals: seal ? [seal] : [] }
      },
    )
  }
