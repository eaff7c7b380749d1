import type { FastifyRequest } from 'fastify'
import type { Staff } from '../staff/index.ts'
import { memberOf } from './guard.ts'

/**
 * Finds who is asking for something that takes two persons: a signed-in member, whose rights and password are old enough.
 * @returns a function that gives their name. It throws Fault `member-new`, or as `memberOf`
 */
export const oneOfTwo =
  (staff: Pick<Staff, 'checkSecondPerson'>) =>
  async (request: FastifyRequest): Promise<string> => {
    const { name } = memberOf(request)
    await staff.checkSecondPerson(name)
    return name
  }
