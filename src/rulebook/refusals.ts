import type { Fault } from '../foundation/index.ts'
import { fault } from './faults.ts'
import type { RuleDraft, RuleUse } from './version.ts'

/** Refuses the second of two simultaneous edits, since it was based on an outdated draft. */
export function sameRevision(draft: RuleDraft | undefined, revision: number): void {
  const now = draft?.revision ?? 0
  if (now === revision) return
  throw fault(
    'rule-draft-changed',
    'body.revision',
    `${revision}, and the draft is at ${now}`,
    'the draft as it is now: look, and do it again',
  )
}

export const noDraft = () => fault('rule-draft-missing', 'draft', 'no draft', 'one that was begun')
export const alone = (found: string) =>
  fault('rule-alone', 'by', found, 'a second person, who publishes the draft')
export const moved = (decided: RuleUse | undefined): Fault =>
  fault(
    'rule-moved',
    'draft',
    `version ${decided?.version ?? 0}, decided since`,
    'the version that the draft began with: give it up and begin another',
  )
