import { z } from 'zod'
import type { ExpectedRow, Ledger, Reported, StoredEvent } from '../ledger/index.ts'
import type { Queries } from '../storage/index.ts'

/** Programs and their rights in the ledger. Each program's name is a stream; of a token it holds the hash. */
export const programRoom = 'programs'

const letIn = z.object({
  token: z.string(),
  owner: z.string(),
  scopes: z.array(z.string()).readonly(),
  endsAtMs: z.number(),
})
type Happened = ({ readonly kind: 'let-in' } & z.output<typeof letIn>) | { readonly kind: 'revoked' }

/** Appends an event. The caller holds the program's lock. */
export async function appendProgramEvent(
  ledger: Ledger,
  tx: Queries,
  name: string,
  { kind, ...data }: Happened,
  by: string,
  atMs: number,
): Promise<void> {
  const before = (await ledger.events(tx, programRoom, [name])).get(name) ?? []
  const place = before.length + 1
  await ledger.append(tx, programRoom, [{ stream: name, place, atMs, kind, data: { by, ...data } }])
}

/** Rebuilds programs and their rights from events. */
export const reportedPrograms: Reported = {
  room: programRoom,
  tables: [
    {
      name: 'programs',
      stream: 'name',
      apart: { used_at: 'when it was used last, to the minute: nothing that anybody is held to' },
    },
  ],
  rebuild: (name, events) => {
    const row = events.reduce<ExpectedRow | undefined>(
      (before, event) => rowAfter(name, before, event),
      undefined,
    )
    return { programs: row ? [row] : [] }
  },
}

function rowAfter(name: string, before: ExpectedRow | undefined, { kind, atMs, data }: StoredEvent) {
  if (kind === 'revoked') return { ...before, revoked_at: new Date(atMs) }
  if (kind !== 'let-in') throw new Error(kind)
  const { token, owner, scopes, endsAtMs } = letIn.parse(data)
  const dates = { made_at: new Date(atMs), ends_at: new Date(endsAtMs), revoked_at: null }
  return { name, token, owner, scopes, ...dates }
}
