import type { Part } from './schema.ts'

/** A part that calls are taken without. @param trouble what is wrong with it; undefined while nothing is */
export const sidePart = (part: string, trouble: string | undefined): Part => ({
  part,
  needed: false,
  up: trouble === undefined,
  reason: trouble,
})
