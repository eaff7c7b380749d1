import { Fault } from '../foundation/index.ts'
import type { Seat } from './seat.ts'

/** Faults of what cannot be done to a seat. */

export const seatUnknown = (name: string) =>
  new Fault({
    code: 'seat-unknown',
    place: 'seat',
    found: JSON.stringify(name),
    expected: 'the name of a seat',
  })

export const seatExists = (name: string) =>
  new Fault({
    code: 'seat-exists',
    place: 'seat',
    found: JSON.stringify(name),
    expected: 'a new name',
  })

export const seatBusy = (name: string) =>
  new Fault({ code: 'seat-busy', place: `seat ${name}`, found: 'a caller with it', expected: 'nobody' })

export const numberTaken = (number: number, { name }: Seat) =>
  new Fault({
    code: 'seat-number-taken',
    place: 'number',
    found: `${number}, which seat ${name} has`,
    expected: 'a number that no other seat has',
  })

export const unreachable = (name: string) =>
  new Fault({
    code: 'seat-unreachable',
    place: `seat ${name}`,
    found: 'no phone of its that has registered',
    expected: 'a phone to ring',
  })

export const notReady = (name: string) =>
  new Fault({
    code: 'seat-not-ready',
    place: `seat ${name}`,
    found: 'one that takes no call now',
    expected: 'a seat that is ready',
  })
