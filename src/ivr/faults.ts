import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const flowFaults = {
  'call-differs': 'invalid',
  'call-empty': 'invalid',
  'file-unreadable': 'invalid',
  'flow-twice': 'invalid',
  'flow-unknown': 'missing',
  'flows-changed': 'conflict',
  'flows-missing': 'invalid',
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
