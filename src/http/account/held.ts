import type { FastifyRequest } from 'fastify'
import { Fault } from '../../foundation/index.ts'
import { isProgram } from '../sessions.ts'

export const everybody = ['seat', 'supervisor', 'unit', 'auditor'] as const
/** Open to who has to do it before anything else, or they never could. */
export const firstOf = { roles: everybody, isOpenToOwing: true } as const

/** Whoever has signed in, and the session by which they ask. @throws Fault `member-needed` for a program */
export function heldBy({ person }: FastifyRequest) {
  if (person && !isProgram(person)) return person
  throw new Fault({
    code: 'member-needed',
    place: 'request',
    found: 'a program',
    expected: 'somebody who has signed in',
  })
}
