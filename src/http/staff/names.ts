import type { Desk } from '../../desk/index.ts'
import { type KnownName, nameListSchema } from '../../staff/api.ts'
import type { Staff } from '../../staff/index.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn } from '../sessions.ts'

export type NameDependencies = {
  readonly staff: Pick<Staff, 'list'>
  readonly desk: Pick<Desk, 'seats'>
}

/** Names of seats and members. Agents sign in by the name of their seat, so those appear once. */
export async function namesOf({ staff, desk }: NameDependencies): Promise<readonly KnownName[]> {
  const seats = desk.seats().map(({ name, display, number }) => ({ name, display, number }))
  const members = (await staff.list()).filter(({ name }) => !seats.some(seat => seat.name === name))
  return [...seats, ...members.map(({ name, display }) => ({ name, display }))]
}

export const nameRoutes =
  (dependencies: NameDependencies): Routes =>
  app => {
    app.get(
      '/staff/names',
      {
        config: { roles: ['seat', 'dispatcher', 'supervisor', 'unit', 'auditor'], trail: 'nothing' },
        schema: {
          tags: ['staff'],
          summary: 'What people and seats are called',
          description:
            'The names that people read, of everybody who works here and of every seat; a unit is told those of its own people alone.',
          response: { 200: nameListSchema, ...refusals(503) },
        },
      },
      async ({ person }) => {
        const member = memberIn(person)
        if (member?.role !== 'unit') return { names: await namesOf(dependencies) }
        const own = (await dependencies.staff.list()).filter(({ unit }) => unit === member.unit)
        return { names: own.map(({ name, display }) => ({ name, display })) }
      },
    )
  }
