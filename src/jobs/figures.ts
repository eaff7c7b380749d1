import { counter, type Figure } from '../foundation/index.ts'
import type { Jobs } from './jobs.ts'

/** Metrics of durable jobs on this node. */
export const jobFigures = (jobs: Pick<Jobs, 'figures' | 'refused'>): readonly Figure[] => [
  counter('jieting_jobs_refused_total', 'Jobs set aside: another try would fail the same way', () =>
    jobs.refused(),
  ),
  // `duties` is the older name of these metrics and goes with the next version.
  ...['jobs', 'duties'].flatMap(name => [
    counter(`jieting_${name}_done_total`, 'Durable jobs done here', () => jobs.figures().done),
    counter(`jieting_${name}_failed_total`, 'Tries of jobs that failed here', () => jobs.figures().failed),
    counter(
      `jieting_${name}_unclaimed_total`,
      'Claims of jobs that the database refused or did not answer',
      () => jobs.figures().unclaimed,
    ),
  ]),
]
