import { Fault } from '../../foundation/index.ts'
import type { OrderActor } from '../../orders/api.ts'
import { type AskingProgram, isProgram, type Person } from '../sessions.ts'

/** The actor by whose rights an order is read; a program reads like a supervisor. */
export function readerOf(person: Person | null): OrderActor {
  return person && isProgram(person) ? { role: 'supervisor', person: person.program } : memberOf(person)
}

/** The acting person: a session tells it; a program states it, and the program is recorded with it. */
export function actorOf(
  person: Person | null,
  stated: OrderActor | undefined,
): OrderActor & { readonly via?: string } {
  if (!person || !isProgram(person)) {
    if (stated) throw actorFault('`by` from somebody who has signed in', 'none: the session says who acts')
    return memberOf(person)
  }
  if (!stated) throw actorFault('nothing', '{ role, person, unit } of whom the program acts for')
  return { ...stated, via: person.program }
}

function memberOf(person: Exclude<Person, AskingProgram> | null): OrderActor {
  if (person === null) throw actorFault('nobody', 'somebody who has signed in')
  const { name, role, unit } = person.member
  if (role === 'auditor') throw actorFault('role auditor', 'a role that works on orders')
  return {
    // An admin may see and decide everything a supervisor may, but does not do a unit's work.
    role: role === 'admin' ? 'supervisor' : role,
    person: name,
    unit,
  }
}

const actorFault = (found: string, expected: string) =>
  new Fault({ code: 'actor-wrong', place: 'body.by', found, expected })
