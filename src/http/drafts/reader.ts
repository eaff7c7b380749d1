import type { FastifyRequest } from 'fastify'
import { type DraftReader, oversees } from '../../drafts/index.ts'
import { memberIn, writtenAs } from '../sessions.ts'

/** The reader of a draft, from the request; programs are checked by scope. */
export const readerOf = ({ person }: FastifyRequest): DraftReader => ({
  name: writtenAs(person),
  isOverseer: oversees(memberIn(person)?.role ?? 'admin'),
})
