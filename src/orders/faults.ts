import { Fault } from '../foundation/index.ts'

export const fault = (code: string, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
