import type { FastifyRequest } from 'fastify'
import { memberNeeded } from '../guard.ts'
import { isProgram } from '../sessions.ts'

export const everybody = ['seat', 'dispatcher', 'supervisor', 'unit', 'auditor'] as const
/** Open even to members who must do this first (set a password, add a factor), since otherwise they never could. */
export const firstOf = { roles: everybody, isForMembers: true, isOpenToOwing: true } as const
/** Open to members who are fully signed in. */
export const ofMembers = { roles: everybody, isForMembers: true } as const

/** The signed-in member and their session. @throws Fault `member-needed` for a program */
export function heldBy({ person }: FastifyRequest) {
  if (person && !isProgram(person)) return person
  throw memberNeeded()
}
