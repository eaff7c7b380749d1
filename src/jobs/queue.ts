import type { z } from 'zod'
import { Fault } from '../foundation/index.ts'
import type { Queries } from '../storage/index.ts'

/** One kind of job. */
export type Queue<Data extends object> = {
  /** Unique in the house, letters and hyphens, such as `order-clock`. */
  readonly name: string
  /** What a job carries: ids and codes, since it is kept; never a caller's number or words. */
  readonly data: z.ZodType<Data>
  /** Each job has a key, and of one key only one waits: enqueuing a second does nothing until the first is claimed. */
  readonly keyed: boolean
  /** How often it is tried again after a failure; the pause begins at `retryDelayS` and doubles each time. */
  readonly retries: number
  readonly retryDelayS: number
  /** For how long a node may work on one; `graceS` later it counts as dead, and another may have it. */
  readonly leaseS: number
  /** How many one node works on at once. */
  readonly atOnce: number
}

/**
 * The database counts from the claim on, a node from when it hears of it: work that ends within its lease has so long to say
 * so, to a database that is slow both times (5 s at most, each), and nobody does it again meanwhile.
 */
export const graceS = 10

const usual = { keyed: false, retries: 10, retryDelayS: 5, leaseS: 60, atOnce: 8 }

/** A queue with what it does not say set as usual: ten retries in about two hours, a minute's lease, eight at once. */
export const defineQueue = <Data extends object>(
  queue: Pick<Queue<Data>, 'name' | 'data'> & Partial<Queue<Data>>,
): Queue<Data> => ({ ...usual, ...queue })

/** A job in hand. */
export type Job<Data> = {
  readonly data: Data
  /** The same at every try, on every node: what is done under it elsewhere can be told to be the same. */
  readonly id: string
  /** 1 at the first try. */
  readonly tries: number
  /** Aborts when the lease ends or the house closes. */
  readonly signal: AbortSignal
  /**
   * Marks it done in the transaction that fulfils it: both happen, or neither. Without it a job counts as done when
   * its work resolves, so that it can happen twice if the node dies in between.
   * @throws Fault `job-lost` when it is no longer ours, so that the transaction undoes what it did
   */
  settle(queries: Queries): Promise<void>
}

/** What is done with the jobs of one queue. Whatever it throws is a failure, to be tried again unless it is final. */
export type Handler = {
  readonly queue: Queue<object>
  /** @throws Fault `job-garbled` for a job that carries what it cannot */
  work(job: Job<unknown>): Promise<void>
  /** Whether the next try could only fail the same way: the job is set aside. */
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
