import type { FaultKinds } from '../foundation/schema.ts'
import { rules } from './verify/rules.ts'

/** A flow that breaks a rule of the proof is refused by the rule's name. */
const ofTheProof: FaultKinds = Object.fromEntries(rules.map(({ name }) => [name, 'invalid' as const]))

const written = {
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

/** What this room refuses, by its code and of which kind. */
export const flowFaults: FaultKinds = { ...ofTheProof, ...written }
