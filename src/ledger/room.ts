import {
  type Clock,
  counter,
  type Figure,
  gauge,
  type Log,
  type Part,
  sidePart,
} from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Audit, ChainHead, Seal } from './api.ts'
import { audit } from './audit.ts'
import { exportLedger } from './export.ts'
import { allKeys, type LedgerKeys, publicKeyOf } from './keys.ts'
import type { Reported } from './reported.ts'
import { selectSeals } from './seal-store.ts'
import { openSealing } from './sealing.ts'
import type { SealWay } from './way.ts'

/** What supervisors, auditors and operators ask of the ledger. */
export type Auditing = {
  /** @param anchors heads that somebody noted at an earlier audit */
  audit(anchors?: readonly ChainHead[]): Promise<Audit>
  /** All of the ledger, a line at a time, for a program that is not ours. */
  export(): AsyncGenerator<string>
  seals(): Promise<readonly Seal[]>
  /** A seal now, whatever the day. */
  seal(): Promise<Seal | undefined>
  /** As it does by itself each day: a seal where the day has none, and sent where it has not arrived. */
  look(): Promise<void>
  /** Ed25519, SPKI in PEM: what seals are checked with. */
  readonly publicKey: string
  /** Of the keys before it, the latest first. */
  readonly olderPublicKeys: readonly string[]
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  close(): Promise<void>
}

export function openAuditing({
  reported,
  ...options
}: {
  readonly database: Database
  readonly keys: LedgerKeys
  readonly reported: readonly Reported[]
  readonly ways: readonly SealWay[]
  readonly timeZone: string
  readonly clock: Clock
  readonly log: Log
}): Auditing {
  const { database, keys, ways } = options
  const sealing = openSealing(options)
  let breaks = 0
  let audits = 0
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<Audit> | undefined

  async function auditNow(anchors: readonly ChainHead[]): Promise<Audit> {
    const sentOut = (await Promise.all(ways.map(way => way.read?.() ?? []))).flat()
    const done = await audit(database, { keys, reported, sentOut, anchors })
    breaks = done.breaks.length
    audits++
    return done
  }

  return {
    /** One at a time, since each reads all that is here; whoever asks meanwhile has the next, which has seen all until then. */
    audit(anchors = []) {
      const isCommon = anchors.length === 0
      if (isCommon && next) return next
      const mine = running.then(() => {
        if (next === mine) next = undefined
        return auditNow(anchors)
      })
      running = mine.catch(() => undefined)
      if (isCommon) next = mine
      return mine
    },
    export: () => exportLedger(database, keys, reported),
    seals: () => selectSeals(database),
    seal: sealing.seal,
    look: sealing.look,
    publicKey: publicKeyOf(keys),
    olderPublicKeys: allKeys(keys).slice(1).map(publicKeyOf),
    figures: [
      gauge('jieting_ledger_breaks', 'What the last audit found that is not as it was written', () => breaks),
      counter('jieting_ledger_audits_total', 'Audits since the start', () => audits),
      gauge(
        'jieting_ledger_seals_unsent',
        'Ways that a seal has not gone yet',
        () => sealing.figures().unsent,
      ),
    ],
    health: () => [
      sidePart('seals', sealing.figures().trouble),
      sidePart(
        'audit',
        breaks > 0 ? `the last audit found ${breaks} that are not as they were written` : undefined,
      ),
    ],
    close: sealing.close,
  }
}
