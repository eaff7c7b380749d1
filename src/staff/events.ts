import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ExpectedRow, Ledger, Reported, StoredEvent } from '../ledger/index.ts'
import type { Queries } from '../storage/index.ts'
import { type Member, type RightsChange, rightsChangeSchema } from './api.ts'

/** Who was let in and with which rights, in the ledger: a member's name is a stream. Of a password the hash of its hash. */
const staffRoom = 'staff'

const person = z.object({ display: z.string(), role: z.string(), unit: z.string().nullish() })
/** Somebody else knows the password: its owner has to choose another. Older events do not say. */
const temporary = z.boolean().nullish()
const happened = {
  added: person.extend({ password: z.string().nullish(), subject: z.string().nullish(), temporary }),
  /** An administrator, or their provider, says other things of them. */
  changed: person,
  'password-set': z.object({ password: z.string(), temporary }),
  /** By themselves, as all that follow but the last. */
  'password-changed': z.object({ password: z.string() }),
  'factor-added': z.object({
    id: z.string(),
    factor: z.string(),
    label: z.string(),
    /** The hash of what proves it: nobody puts another in its place unseen. */
    material: z.string(),
    madeAtMs: z.number(),
  }),
  'factor-dropped': z.object({ id: z.string() }),
  'recovery-made': z.object({ codes: z.array(z.string()).readonly() }),
  'recovery-used': z.object({ code: z.string() }),
  /** All of them, by others. */
  'factors-removed': z.object({ agreedBy: z.string().nullable() }),
}
/** What members do about their own way in gives them no rights that they had not. */
const ownDoings: readonly string[] = [
  'password-changed',
  'factor-added',
  'factor-dropped',
  'recovery-made',
  'recovery-used',
]

export type StaffHappened =
  | { readonly kind: 'removed' }
  | { readonly kind: 'removal-asked' }
  | {
      [Kind in keyof typeof happened]: { readonly kind: Kind } & z.output<(typeof happened)[Kind]>
    }[keyof typeof happened]

export const passwordMark = (password: string | null | undefined) =>
  typeof password === 'string' ? createHash('sha256').update(password).digest('hex') : null

export const materialMark = (material: string) => createHash('sha256').update(material).digest('hex')

export const personOf = ({ display, role, unit }: Member) => ({ display, role, unit: unit ?? null })

/** When somebody was let in, given other rights or, by others, another password: the last time; undefined for who never was. */
export async function rightsSinceMs(
  ledger: Pick<Ledger, 'events'>,
  queries: Queries,
  name: string,
): Promise<number | undefined> {
  const events = (await ledger.events(queries, staffRoom, [name])).get(name) ?? []
  return events.findLast(({ kind }) => !ownDoings.includes(kind))?.atMs
}

const doneBy = z.object({
  by: z.string().default(''),
  display: z.string().nullish(),
  role: z.string().nullish(),
  unit: z.string().nullish(),
})

/** What others did to somebody's rights, the latest first. */
export async function rightsChanges(
  ledger: Pick<Ledger, 'events'>,
  queries: Queries,
  name: string,
): Promise<readonly RightsChange[]> {
  const events = (await ledger.events(queries, staffRoom, [name])).get(name) ?? []
  return events.toReversed().flatMap(({ kind, atMs, data }) => {
    const known = rightsChangeSchema.shape.kind.safeParse(kind)
    if (!known.success) return []
    const { by, display, role, unit } = doneBy.parse(data)
    const said = { display: display ?? undefined, role: role ?? undefined, unit: unit ?? undefined }
    return [{ kind: known.data, by, atMs, ...said }]
  })
}

/** As whom somebody was let in under this name, each time: their subject at the provider, or null for a password. */
export async function subjectsUnder(
  ledger: Pick<Ledger, 'events'>,
  queries: Queries,
  name: string,
): Promise<readonly (string | null)[]> {
  const events = (await ledger.events(queries, staffRoom, [name])).get(name) ?? []
  return events
    .filter(({ kind }) => kind === 'added')
    .map(({ data }) => happened.added.parse(data).subject ?? null)
}

/** @param by who did it; nobody else changes this member until the transaction ends */
export async function appendStaffEvent(
  ledger: Ledger,
  tx: Queries,
  name: string,
  { kind, ...data }: StaffHappened,
  { by, atMs }: { readonly by: string; readonly atMs: number },
): Promise<void> {
  const before = (await ledger.events(tx, staffRoom, [name])).get(name) ?? []
  const place = (before.at(-1)?.place ?? 0) + 1
  await ledger.append(tx, staffRoom, [{ stream: name, place, atMs, kind, data: { by, ...data } }])
}

/** Who works here and what they may do, rebuilt from what happened. */
export const reportedStaff: Reported = {
  room: staffRoom,
  tables: [
    {
      name: 'staff',
      stream: 'name',
      apart: {},
      asCompared: { password: found => passwordMark(found as string | null) },
    },
    {
      name: 'staff_factors',
      stream: 'member',
      order: 'id',
      apart: { last: 'the last count or step of a device', used_at: 'when it was used last' },
      asCompared: { material: found => materialMark(String(found)) },
    },
    { name: 'staff_recovery', stream: 'member', order: 'mark', apart: {} },
    { name: 'staff_factor_removals', stream: 'member', apart: {} },
  ],
  rebuild: (name, events) => {
    const row = events.reduce<ExpectedRow | undefined>(
      (before, event) => rowAfter(name, before, event),
      undefined,
    )
    return { staff: row ? [row] : [], ...factorRows(name, events) }
  },
}

/** What proves a member beside their password, and what was asked of it. */
function factorRows(member: string, events: readonly StoredEvent[]) {
  const factors = new Map<string, ExpectedRow>()
  const codes = new Set<string>()
  let removal: ExpectedRow | undefined
  const end = () => {
    factors.clear()
    codes.clear()
    removal = undefined
  }
  for (const { kind, atMs, data } of events) {
    if (kind === 'factor-added') {
      const { id, factor, madeAtMs, ...said } = happened[kind].parse(data)
      factors.set(id, { id, member, kind: factor, made_at: new Date(madeAtMs), ...said })
    }
    if (kind === 'factor-dropped') {
      factors.delete(happened[kind].parse(data).id)
      if (factors.size === 0) codes.clear()
    }
    if (kind === 'recovery-made') {
      codes.clear()
      for (const code of happened[kind].parse(data).codes) codes.add(code)
    }
    if (kind === 'recovery-used') codes.delete(happened[kind].parse(data).code)
    if (kind === 'removal-asked')
      removal = { member, asked_by: asking.parse(data).by, asked_at: new Date(atMs) }
    if (kind === 'factors-removed' || kind === 'removed') end()
  }
  const byText = (one: string, other: string) => (one < other ? -1 : 1)
  return {
    staff_factors: [...factors].toSorted(([one], [other]) => byText(one, other)).map(([, row]) => row),
    staff_recovery: [...codes].toSorted(byText).map(mark => ({ member, mark })),
    staff_factor_removals: removal ? [removal] : [],
  }
}
const asking = z.object({ by: z.string() })

function rowAfter(name: string, before: ExpectedRow | undefined, { kind, atMs, data }: StoredEvent) {
  switch (kind) {
    case 'added': {
      const {
        display,
        role,
        unit = null,
        password = null,
        subject = null,
        ...rest
      } = happened.added.parse(data)
      const added = { name, display, role, unit, password, subject, added_at: new Date(atMs) }
      return { ...added, temporary: rest.temporary ?? false }
    }
    case 'changed': {
      const { display, role, unit = null } = happened.changed.parse(data)
      return { ...before, display, role, unit }
    }
    case 'password-set': {
      const set = happened['password-set'].parse(data)
      return { ...before, password: set.password, temporary: set.temporary ?? false }
    }
    case 'password-changed':
      return { ...before, ...happened['password-changed'].parse(data), temporary: false }
    case 'factor-added':
    case 'factor-dropped':
    case 'recovery-made':
    case 'recovery-used':
    case 'removal-asked':
    case 'factors-removed':
      return before
    case 'removed':
      return undefined
    default:
      throw new Error(kind)
  }
}
