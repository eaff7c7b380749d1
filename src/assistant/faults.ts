import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. Nothing was sent where it refuses. */
export const assistantFaults = {
  'assistant-nothing': 'invalid',
  'assistant-off': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    assistant: typeof assistantFaults
  }
}

export const isOff = () =>
  new Fault({
    code: 'assistant-off',
    place: 'ASSISTANT_URL',
    found: 'no language model',
    expected: 'one that the city has switched on',
  })

export const nothingToAsk = (place: string, expected: string) =>
  new Fault({ code: 'assistant-nothing', place, found: 'nothing', expected })
