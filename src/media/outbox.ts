import type { TransferListItem } from 'node:worker_threads'

/** @param handOver memory that goes to the other thread instead of being copied */
export type Post<Message> = (message: Message, handOver?: readonly TransferListItem[]) => void

/** Messages to another thread that are made in one go are sent as one: posting is what costs. */
export function createOutbox<Message>(
  post: (batch: readonly Message[], handOver: readonly TransferListItem[]) => void,
): Post<Message> {
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
    if (batch.push(message) === 1) queueMicrotask(flush)
    handOvers.push(...handOver)
  }
}
