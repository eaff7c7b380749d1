import { createHash } from 'node:crypto'
import type { City } from '../../city/index.ts'
import { type Clock, newId } from '../../foundation/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import type { Database, Queries } from '../../storage/index.ts'
import type { Deductions } from '../deductions/deductions.ts'
import type { RankableUnit } from '../group.ts'
import { lastMonth } from '../month.ts'
import type { Supervision } from '../supervision.ts'
import {
  type Bulletin,
  type BulletinEdit,
  type BulletinSummary,
  bulletinFiguresSchema,
  type NewBulletin,
} from './api.ts'
import { bulletinFigures } from './figures.ts'
import { firstWords } from './first-words.ts'
import { bulletinRoom } from './reported.ts'
import {
  type BulletinEvent,
  bulletinEvent,
  bulletinFault,
  checkSecond,
  checkState,
  foldBulletin,
  unknownBulletin,
} from './standing.ts'
import { type KeptBulletin, putBulletin, putWords, selectBulletin, selectBulletins } from './store.ts'

/** Bulletins: drafted in words alone, published with the figures of that moment, by two where they carry deductions. */
export type Bulletins = {
  /** @param unit of whoever reads, who is told of those that were published and concern it; absent at the centre */
  list(unit: string | undefined): Promise<readonly BulletinSummary[]>
  /** @throws Fault `bulletin-unknown` */
  show(id: string, unit: string | undefined): Promise<Bulletin>
  /** @throws Fault `bulletin-month`, `bulletin-district` */
  begin(asked: NewBulletin, by: string): Promise<string>
  /** @throws Fault `bulletin-unknown`, `bulletin-decided`, `bulletin-changed` */
  write(id: string, edit: BulletinEdit): Promise<void>
  /** @throws Fault `bulletin-unknown`, `bulletin-decided` */
  publish(id: string, by: string): Promise<void>
  /** By the second person; one who does not agree makes it a draft again. @throws Fault `bulletin-unknown`, `bulletin-decided`, `bulletin-alone` */
  decide(id: string, agreed: boolean, by: string): Promise<void>
}

type Dependencies = {
  readonly database: Database
  readonly ledger: Ledger
  readonly supervision: Pick<Supervision, 'monthly' | 'behind'>
  readonly deductions: Pick<Deductions, 'confirmedIn'>
  readonly units: ReadonlyMap<string, RankableUnit>
  readonly city: Pick<City, 'name' | 'timeZone' | 'districts'>
  readonly clock: Clock
}

const mostListed = 200

export function createBulletins(dependencies: Dependencies): Bulletins {
  const { database, ledger, supervision, deductions, units, city, clock } = dependencies
  const ground = { supervision, units, confirmedIn: deductions.confirmedIn }

  async function put(
    tx: Queries,
    id: string,
    event: BulletinEvent,
    kept: Parameters<typeof putBulletin>[2],
  ): Promise<void> {
    const before = ((await ledger.events(tx, bulletinRoom, [id])).get(id) ?? []).map(bulletinEvent)
    const { kind, atMs, ...data } = event
    await ledger.append(tx, bulletinRoom, [{ stream: id, place: before.length + 1, atMs, kind, data }])
    await putBulletin(tx, foldBulletin(id, [...before, event]), kept)
  }

  const locked = async (tx: Queries, id: string) => {
    const found = await selectBulletin(tx, id, true)
    if (found) return { found, standing: standingOf(found) }
    throw unknownBulletin(id)
  }

  /** A unit is told of what its district and the whole city are told. */
  const concerns = (unit: string) => ({ district: units.get(unit)?.area?.district ?? '' })

  return {
    async list(unit) {
      const rows = await selectBulletins(
        database,
        unit === undefined ? undefined : concerns(unit),
        mostListed,
      )
      return rows.map(summaryOf)
    },
    async show(id, unit) {
      const found = await selectBulletin(database, id)
      if (!found || (unit !== undefined && !isTold(found, concerns(unit)))) throw unknownBulletin(id)
      const text = found.figures ?? JSON.stringify(await bulletinFigures(ground, found.month, found.district))
      const figures = bulletinFiguresSchema.parse(JSON.parse(text))
      const annex = figures.annex.filter(one => unit === undefined || one.unit === unit)
      return {
        ...summaryOf(found),
        city: city.name,
        revision: found.revision,
        words: found.words,
        figures: { ...figures, annex },
        digest: found.digest ?? undefined,
        isIntact: found.digest === null || digestOf(text) === found.digest,
      }
    },
    async begin({ month, district = '' }, by) {
      if (month > lastMonth(clock.now(), city.timeZone))
        throw bulletinFault('bulletin-month', 'body.month', month, 'a month that is over')
      if (district !== '' && !city.districts.some(({ name }) => name === district))
        throw bulletinFault('bulletin-district', 'body.district', `"${district}"`, 'a district of the city')
      const atMs = clock.now()
      const id = newId('bulletin', atMs)
      const words = firstWords(city.name, month, district)
      await database.transaction(tx => put(tx, id, { kind: 'begun', atMs, month, district, by }, { words }))
      return id
    },
    write: (id, { revision, words }) =>
      database.transaction(async tx => {
        const { standing } = await locked(tx, id)
        checkState(standing, 'draft')
        if (!(await putWords(tx, id, revision, words)))
          throw bulletinFault('bulletin-changed', 'body.revision', `${revision}`, 'the words as they are now')
      }),
    async publish(id, by) {
      const draft = await selectBulletin(database, id)
      if (!draft) throw unknownBulletin(id)
      // Before the transaction: rankings are asked of the database, which may have one connection.
      const figures = await bulletinFigures(ground, draft.month, draft.district)
      const text = JSON.stringify(figures)
      const needsSecond = figures.deductions.length > 0
      await database.transaction(async tx => {
        const { standing } = await locked(tx, id)
        checkState(standing, 'draft')
        const digest = digestOf(text)
        const event = { kind: 'published', atMs: clock.now(), by, digest, needsSecond } as const
        await put(tx, id, event, { figures: text })
      })
    },
    decide: (id, agreed, by) =>
      database.transaction(async tx => {
        const { found, standing } = await locked(tx, id)
        checkSecond(standing, by)
        const figures = agreed ? (found.figures ?? undefined) : undefined
        await put(tx, id, { kind: 'decided', atMs: clock.now(), by, agreed }, { figures })
      }),
  }
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

const isTold = ({ state, district }: KeptBulletin, unit: { readonly district: string }) =>
  state === 'published' && (district === '' || district === unit.district)

const standingOf = ({ id, month, district, state, begunBy, proposedBy, changedAt }: KeptBulletin) => ({
  id,
  month,
  district,
  state,
  begunBy,
  proposedBy: proposedBy ?? undefined,
  changedAtMs: changedAt.getTime(),
})

const summaryOf = ({
  proposedBy,
  decidedBy,
  changedAt,
  words: { title },
  ...one
}: Omit<KeptBulletin, 'figures'>): BulletinSummary => ({
  id: one.id,
  month: one.month,
  district: one.district,
  state: one.state,
  title,
  begunBy: one.begunBy,
  proposedBy: proposedBy ?? undefined,
  decidedBy: decidedBy ?? undefined,
  changedAtMs: changedAt.getTime(),
})
