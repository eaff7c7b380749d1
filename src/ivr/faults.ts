import type { FaultKinds } from '../foundation/schema.ts'

/** The refusals of the proof, each named after its rule. */
const proofFaults = {
  'elder-choices': 'invalid',
  'elder-depth': 'invalid',
  'elder-haste': 'invalid',
  'elder-pace': 'invalid',
  'elder-patience': 'invalid',
  'elder-silence': 'invalid',
  'elder-wording': 'invalid',
  'every-language-is-spoken': 'invalid',
  'every-state-is-reached': 'invalid',
  'every-way-is-walked': 'invalid',
  'incidents-are-short': 'invalid',
  'incidents-lead-to-the-queue': 'invalid',
  'misses-lead-to-a-person': 'invalid',
  'nobody-is-hung-up-on': 'invalid',
  'nobody-is-stranded': 'invalid',
  'nothing-goes-round': 'invalid',
  'number-begins-with-zero': 'invalid',
  'pause-frees-zero': 'invalid',
  'star-frees-zero': 'invalid',
  'what-is-needed-is-collected': 'invalid',
  'what-is-promised-is-owed': 'invalid',
  'who-is-promised-has-a-number': 'invalid',
  'who-is-recorded-is-told': 'invalid',
  'zero-is-a-person': 'invalid',
} as const satisfies FaultKinds

export type RuleName = keyof typeof proofFaults

/** The codes of this room's refusals, each with its kind. */
export const flowFaults = {
  ...proofFaults,
  'call-differs': 'invalid',
  'call-empty': 'invalid',
  'file-unreadable': 'invalid',
  'flow-twice': 'invalid',
  'flow-unknown': 'missing',
  'flows-changed': 'conflict',
  'flows-missing': 'invalid',
  'flows-of-earlier-build': 'invalid',
  'flows-unused': 'invalid',
  'key-missing': 'invalid',
  'key-unknown': 'invalid',
  'language-twice': 'invalid',
  'no-trial': 'conflict',
  'nothing-before': 'conflict',
  'option-invalid': 'invalid',
  'person-no-queue': 'invalid',
  'prompts-late': 'ours',
  'request-invalid': 'malformed',
  'state-unknown': 'invalid',
  'value-invalid': 'invalid',
  'value-unknown': 'invalid',
  'version-unknown': 'missing',
  'word-former': 'invalid',
  'words-missing': 'invalid',
  'words-surplus': 'invalid',
  'yaml-invalid': 'invalid',
} as const satisfies FaultKinds

export type FlowFaultCode = keyof typeof flowFaults

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    ivr: typeof flowFaults
  }
}
