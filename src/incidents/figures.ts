import { counter, type Figure, gauge } from '../foundation/index.ts'

/** Totals of this node since its start. */
export type IncidentCounts = { readonly told: number; readonly affected: number }

/** Metrics of known incidents. */
export const incidentFigures = (current: () => number, counts: () => IncidentCounts): readonly Figure[] => [
  gauge('jieting_incidents', 'Known incidents that callers are told of now', current),
  counter('jieting_incidents_told_total', 'Times that a caller was told of an incident', () => counts().told),
  counter(
    'jieting_incidents_affected_total',
    'Callers who pressed the key for being affected',
    () => counts().affected,
  ),
]
