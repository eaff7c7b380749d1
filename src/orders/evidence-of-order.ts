import type { OfferedFile } from '../foundation/schema.ts'
import type { OrderActions } from './actions.ts'
import type { EvidencePiece, Piece } from './api.ts'
import type { Actor } from './event.ts'
import { keepPieces } from './evidence.ts'
import type { EvidenceStore } from './evidence-store.ts'
import { fault } from './faults.ts'
import { type OrderNumber, readOrderNumber } from './number.ts'
import type { History } from './order.ts'
import type { SeenHistory } from './reader.ts'
import type { OrderRules } from './rules.ts'

export type OrderEvidence = {
  /** Files of a draft, accepted by the same rules; they belong to the draft until it becomes an order. */
  readonly ofDrafts: {
    mostPieces(): number
    /** @throws as `keepPieces` */
    keep(draft: string, files: AsyncIterable<OfferedFile>): AsyncIterable<Piece>
    drop(draft: string, hash: string): Promise<void>
    erase(draft: string): Promise<void>
  }
  /** Size limit by the rules, for whoever reads the upload. */
  mostBytes(): number
  /**
   * Adds files that show what was done, all or none; permission is checked before they are read.
   * @throws Fault `order-unknown`, `evidence-full`, `evidence-known`, and as acts; FaultList as `keepPieces`
   */
  add(number: string, files: AsyncIterable<OfferedFile>, by: Actor): Promise<SeenHistory>
  /** @throws Fault as `Orders.show`, and `evidence-unknown`, `evidence-lost` */
  open(
    number: string,
    hash: string,
    reader: Actor,
  ): Promise<{ readonly piece: EvidencePiece; readonly bytes: AsyncIterable<Uint8Array> }>
}

export function createOrderEvidence({
  actions,
  store,
  rules,
  unitOf,
  show,
  seenBy,
}: {
  readonly actions: OrderActions
  readonly store: EvidenceStore
  readonly rules: OrderRules
  unitOf(actor: Actor): Actor
  show(number: string, reader: Actor): Promise<SeenHistory>
  seenBy(reader: Actor, history: History): SeenHistory
}): OrderEvidence {
  /** Deletes files that no event mentions. */
  async function dropUnshown(number: OrderNumber, pieces: readonly Piece[]): Promise<void> {
    const shown = (await actions.find(number))?.order.evidence ?? []
    for (const { hash } of pieces)
      if (!shown.some(piece => piece.hash === hash)) await store.drop(number, hash)
  }

  return {
    ofDrafts: {
      mostPieces: () => rules.evidence.mostPieces,
      keep: (draft, files) => keepPieces(draft, files, rules.evidence, store),
      drop: store.drop,
      erase: store.erase,
    },
    mostBytes: () => rules.evidence.mostMegabytes * 1024 * 1024,
    async add(asked, files, asking) {
      const number = readOrderNumber(asked)
      const by = unitOf(asking)
      await actions.may(number, { do: 'show-evidence', pieces: [] }, by)
      const pieces: Piece[] = []
      try {
        for await (const piece of keepPieces(number, files, rules.evidence, store)) pieces.push(piece)
        return seenBy(by, await actions.act(number, { do: 'show-evidence', pieces }, by))
      } catch (error) {
        await dropUnshown(number, pieces)
        throw error
      }
    },
    async open(asked, hash, reader) {
      const { order } = await show(asked, reader)
      const piece = order.evidence.find(one => one.hash === hash)
      if (piece) return { piece, bytes: await store.open(order.number, hash) }
      throw fault('evidence-unknown', 'hash', 'no such file of this order', 'one that the order shows')
    },
  }
}
