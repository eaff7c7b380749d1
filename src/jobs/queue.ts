import type { z } from 'zod'
import { Fault } from '../foundation/index.ts'
import type { Queries } from '../storage/index.ts'

/** One kind of job. */
export type Queue<Data extends object> = {
  /** Unique in the product; letters and hyphens, such as `order-clock`. */
  readonly name: string
  /** What a job carries: ids and codes only, never a caller's number or words, because jobs are kept. */
  readonly data: z.ZodType<Data>
  /** Whether each job has a key. Of one key only one job waits: enqueuing another does nothing until the first is claimed. */
  readonly keyed: boolean
  /** How often a failed job is retried. The pause starts at `retryDelayS` and doubles each time. */
  readonly retries: number
  readonly retryDelayS: number
  /** How long a node may work on a job. `graceS` later the node counts as dead, and another may claim the job. */
  readonly leaseS: number
  /** How many jobs one node works on at once. */
  readonly atOnce: number
}

/**
 * The database counts a lease from the claim, the node from when it learns of the claim. This much longer nobody else may
 * claim the job, so that work that ended within its lease can be reported even if the database takes 5 s both times.
 */
export const graceS = 10

const usual = { keyed: false, retries: 10, retryDelayS: 5, leaseS: 60, atOnce: 8 }

/** A queue with defaults for what is not given: ten retries within about two hours, a lease of a minute, eight at once. */
export const defineQueue = <Data extends object>(
  queue: Pick<Queue<Data>, 'name' | 'data'> & Partial<Queue<Data>>,
): Queue<Data> => ({ ...usual, ...queue })

/** A claimed job. */
export type Job<Data> = {
  readonly data: Data
  /** The same at every try and on every node: an idempotency key for what the job does elsewhere. */
  readonly id: string
  /** 1 at the first try. */
  readonly tries: number
  /** Aborts when the lease ends or the house closes. */
  readonly signal: AbortSignal
  /**
   * Marks the job done in the transaction that fulfils it: both happen, or neither. A job that does not call this counts
   * as done when its work resolves, and may happen twice if the node dies in between.
   * @throws Fault `job-lost` if the job is no longer ours, which rolls the transaction back
   */
  settle(queries: Queries): Promise<void>
}

/** Works on the jobs of one queue. An error that it throws is a failure, which is retried unless it is final. */
export type Handler = {
  readonly queue: Queue<object>
  /** @throws Fault `job-garbled` for a job whose data do not fit the queue's schema */
  work(job: Job<unknown>): Promise<void>
  /** Whether another try could only fail the same way; the job is then set aside. */
  isFinal(error: unknown): boolean
}

export const handle = <Data extends object>(
  queue: Queue<Data>,
  work: (job: Job<Data>) => Promise<void>,
  isFinal: (error: unknown) => boolean = () => false,
): Handler => ({
  queue,
  async work(job) {
    const data = queue.data.safeParse(job.data)
    if (!data.success)
      throw new Fault({
        code: garbled,
        place: queue.name,
        found: `data that does not fit at ${data.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
        expected: 'what this build enqueues',
      })
    await work({ ...job, data: data.data })
  },
  isFinal: error => (error instanceof Fault && error.code === garbled) || isFinal(error),
})

const garbled = 'job-garbled'
