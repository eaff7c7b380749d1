import type { FastifyRequest } from 'fastify'
import { type DraftReader, oversees } from '../../drafts/index.ts'
import { memberIn, writtenAs } from '../sessions.ts'

/** Who asks for a draft. A program is let in by its scope. */
export const readerOf = ({ person }: FastifyRequest): DraftReader => ({
  name: writtenAs(person),
  isOverseer: oversees(memberIn(person)?.role ?? 'admin'),
})
