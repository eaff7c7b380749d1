import type { ReactNode } from 'react'
import type { Role } from '../../http/contract.ts'
import { DeductionWaits } from '../deductions/waits.tsx'
import { IncidentWaits } from '../incidents/waits.tsx'
import { KnowledgeWaits } from '../knowledge/waits.tsx'
import { OrderWaits } from '../orders/waits.tsx'
import { ExclusionWaits } from '../rates/waits.tsx'
import { CallbackWaits } from '../seat/waits.tsx'
import { SupervisionWaits } from '../supervision/waits.tsx'

type Waiting = {
  readonly name: string
  readonly for: readonly Role[]
  readonly Waits: (reader: { readonly role: Role }) => ReactNode
}

/** What waits for whom, by what each subject says of itself: one that leaves takes its line along. The most pressing first. */
export const waits: readonly Waiting[] = [
  { name: 'incidents', for: ['supervisor'], Waits: IncidentWaits },
  { name: 'supervision', for: ['dispatcher', 'unit', 'supervisor'], Waits: SupervisionWaits },
  { name: 'callbacks', for: ['seat', 'supervisor'], Waits: CallbackWaits },
  { name: 'orders', for: ['dispatcher', 'unit', 'supervisor'], Waits: OrderWaits },
  { name: 'knowledge', for: ['unit', 'supervisor'], Waits: KnowledgeWaits },
  { name: 'exclusions', for: ['supervisor'], Waits: ExclusionWaits },
  { name: 'deductions', for: ['unit', 'supervisor'], Waits: DeductionWaits },
]
