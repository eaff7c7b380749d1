import type { FaultKinds } from '../foundation/schema.ts'

/** The room's fault codes, each with its kind. */
export const knowledgeFaults = {
  'knowledge-duplicate': 'conflict',
  'knowledge-file': 'invalid',
  'knowledge-file-big': 'too-big',
  'knowledge-not-current': 'conflict',
  'knowledge-of-another': 'forbidden',
  'knowledge-no-number': 'invalid',
  'knowledge-not-in-talk': 'conflict',
  'knowledge-own-review': 'forbidden',
  'knowledge-person-needed': 'forbidden',
  'knowledge-revision': 'conflict',
  'knowledge-stage': 'conflict',
  'knowledge-unclear': 'invalid',
  'knowledge-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    knowledge: typeof knowledgeFaults
  }
}

export type KnowledgeFaultCode = keyof typeof knowledgeFaults
