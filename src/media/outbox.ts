import type { TransferListItem } from 'node:worker_threads'

/** @param handOver memory that goes to the other thread instead of being copied */
export type PostMessage<Message> = (message: Message, handOver?: readonly TransferListItem[]) => void

/**
 * Messages to another thread gather and go as one: posting is what costs, a tenth of what a short call does.
 * @param later when they go: `queueMicrotask` before anything else is heard, `setImmediate` at the end of the turn
 */
export function createOutbox<Message>(
  post: (batch: readonly Message[], handOver: readonly TransferListItem[]) => void,
  later: (flush: () => void) => unknown,
): PostMessage<Message> {
  let batch: Message[] = []
  let handOvers: TransferListItem[] = []
  const flush = () => {
    const full = batch
    const handedOver = handOvers
    batch = []
    handOvers = []
    post(full, handedOver)
  }
  return (message, handOver = []) => {
    if (batch.push(message) === 1) later(flush)
    handOvers.push(...handOver)
  }
}
