import { type Clock, withDeadline } from './clock.ts'

import type { Part } from './schema.ts'

/** A part that calls are taken without. @param trouble what is wrong with it; undefined while nothing is */
export const sidePart = (part: string, trouble: string | undefined): Part => ({
  part,
  needed: false,
  up: trouble === undefined,
  reason: trouble,
})

/** A part that hangs must not make the question hang: probes give up after a second or more. */
const answerMs = 900
const late = new Error(`no answer within ${answerMs} ms`)

/** Every part as it is now; where that is not told in time, one part that says so. Never rejects. */
export const partsInTime = (clock: Clock, ask: () => Promise<readonly Part[]>): Promise<readonly Part[]> =>
  withDeadline(clock, answerMs, ask(), () => late).catch((error: unknown) => [
    { part: 'health', needed: true, up: false, reason: error === late ? late.message : 'failed' },
  ])
