import type { FastifyRequest } from 'fastify'
import { memberNeeded } from '../guard.ts'
import { isProgram } from '../sessions.ts'

export const everybody = ['seat', 'dispatcher', 'supervisor', 'unit', 'auditor'] as const
/** Open to who has to do it before anything else, or they never could. */
export const firstOf = { roles: everybody, isForMembers: true, isOpenToOwing: true } as const
/** Open to who has signed in whole. */
export const ofMembers = { roles: everybody, isForMembers: true } as const

/** Whoever has signed in, and the session by which they ask. @throws Fault `member-needed` for a program */
export function heldBy({ person }: FastifyRequest) {
  if (person && !isProgram(person)) return person
  throw memberNeeded()
}
