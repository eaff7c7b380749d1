import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ExpectedRow, Ledger, Reported, StoredEvent } from '../ledger/index.ts'
import type { Queries } from '../storage/index.ts'
import { type Member, type RightsChange, rightsChangeSchema } from './api.ts'

/** Members and their rights in the ledger. Each member's name is a stream; of a password it holds the hash of its hash. */
const staffRoom = 'staff'

const person = z.object({ display: z.string(), role: z.string(), unit: z.string().nullish() })
/** Whether somebody else knows the password, so that its owner must choose another. Absent in older events. */
const temporary = z.boolean().nullish()
const happened = {
  added: person.extend({ password: z.string().nullish(), subject: z.string().nullish(), temporary }),
  /** An administrator or the provider changed the member. */
  changed: person,
  'password-set': z.object({ password: z.string(), temporary }),
  /** This and all following changes, except the last, are made by the members themselves. */
  'password-changed': z.object({ password: z.string() }),
  'factor-added': z.object({
    id: z.string(),
    factor: z.string(),
    label: z.string(),
    /** The hash of the factor's secret or key, so that it cannot be replaced unnoticed. */
    material: z.string(),
    madeAtMs: z.number(),
  }),
  'factor-dropped': z.object({ id: z.string() }),
  'recovery-made': z.object({ codes: z.array(z.string()).readonly() }),
  'recovery-used': z.object({ code: z.string() }),
  /** Others removed all factors of the member. */
  'factors-removed': z.object({ agreedBy: z.string().nullable() }),
}
/** Changes to one's own sign-in, which give no new rights. */
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

/** When a member was last added, given other rights, or given a password by others; undefined if never. */
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

/** What others changed of a member's rights, latest first. */
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

/** Everyone who was ever added under this name: their subject at the provider, or null for password members. */
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

/** Appends an event. The caller holds the member's lock. @param by who did it */
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

/** Rebuilds members and their rights from events. */
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

/** The expected rows of a member's second factors. */
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
