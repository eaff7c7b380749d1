import { type Clock, withDeadline } from './clock.ts'

import type { Part } from './schema.ts'

/** A part that the service can take calls without. @param trouble what is wrong with it; undefined when all is well */
export const sidePart = (part: string, trouble: string | undefined): Part => ({
  part,
  needed: false,
  up: trouble === undefined,
  reason: trouble,
})

/** A hung part must not hang the health check: probes give up after a second or more. */
const answerMs = 900
const late = new Error(`no answer within ${answerMs} ms`)

/** The state of every part now; if that takes too long, a single part that says so. Never rejects. */
export const partsInTime = (clock: Clock, ask: () => Promise<readonly Part[]>): Promise<readonly Part[]> =>
  withDeadline(clock, answerMs, ask(), () => late).catch((error: unknown) => [
    { part: 'health', needed: true, up: false, reason: error === late ? late.message : 'failed' },
  ])
