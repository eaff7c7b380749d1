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

/** The ledger as used by supervisors, auditors and operators. */
export type Auditing = {
  /** @param anchors chain heads noted at an earlier audit */
  audit(anchors?: readonly ChainHead[]): Promise<Audit>
  /** Exports the whole ledger line by line, for checking by an independent program. */
  export(): AsyncGenerator<string>
  seals(): Promise<readonly Seal[]>
  /** Seals now, even if the day has a seal already. */
  seal(): Promise<Seal | undefined>
  /** Does what happens automatically each day: makes the day's seal if it is missing, and sends seals that have not arrived. */
  look(): Promise<void>
  /** The Ed25519 key for verifying seals, as SPKI in PEM. */
  readonly publicKey: string
  /** Earlier public keys, latest first. */
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
    /** Runs one audit at a time, since each reads everything. Requests made meanwhile share the next one. */
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
