import { z } from 'zod'
import { ms, readableName } from '../foundation/schema.ts'

/** Who works here and how they sign in. */

export const roleSchema = z
  .enum(['seat', 'supervisor', 'unit', 'auditor', 'admin'], {
    error: 'one of seat, supervisor, unit, auditor, admin',
  })
  .describe(
    'seat: takes calls; supervisor: watches the line; unit: works on its orders; auditor: sees who did what, and audits; admin: all of it',
  )

const name = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/i, {
    error: '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
  })
  .describe('The name to sign in with; a seat’s is the name of their seat')

const password = z
  .string({ error: 'at least 12 characters' })
  .min(12, { error: 'at least 12 characters' })
  .max(256, { error: 'at most 256 characters' })

const unit = readableName('the name of a unit').describe('The unit whose orders one of role unit works on')

export const memberSchema = z
  .object({
    name: z.string(),
    display: z.string().describe('The name that people read'),
    role: roleSchema,
    unit: z.string().describe('The unit whose orders one of role unit works on').optional(),
  })
  .describe('Somebody who works here')

export const memberListSchema = z.object({ members: z.array(memberSchema).readonly() })

/** What people are called who sign in, and seats: no page shows somebody by what they sign in with. */
export const knownNameSchema = z
  .object({
    name: z.string().describe('What stands in what was written down'),
    display: z.string().describe('The name that people read'),
    number: z.int().describe('What citizens know the agent at a seat by').optional(),
  })
  .describe('Somebody who works here, or a seat')
export const nameListSchema = z.object({ names: z.array(knownNameSchema).readonly() })

export const newMemberSchema = z.object({
  name,
  display: readableName('the name that people read').optional(),
  role: roleSchema,
  unit: unit.optional(),
  password: password.describe('At least 12 characters; kept as argon2id'),
})

export const memberParamsSchema = z.object({ name })

const programName = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, {
    error: '1 to 32 small letters, digits, dots, dashes or underscores, the first a letter or digit',
  })
  .describe('What is written down as the one who did it, as program:<name>')

const scope = z
  .string({ error: 'a scope' })
  .regex(/^[a-z-]{1,32}:(read|write)$/, { error: 'the first word of a path under /api, and :read or :write' })
  .describe('The first word of a path under /api, and :read or :write, as orders:read')

const owner = readableName('who answers for it').describe('The person who answers for it')

export const programSchema = z
  .object({
    name: z.string(),
    owner: z.string(),
    scopes: z.array(z.string()).readonly(),
    madeAtMs: ms('When it was let in'),
    endsAtMs: ms('When its token ends'),
    usedAtMs: ms('When it was used last, to the minute; absent for never').optional(),
    revokedAtMs: ms('When it was revoked, if it was').optional(),
  })
  .describe('A program that may use the API')

export const programListSchema = z.object({ programs: z.array(programSchema).readonly() })

export const newProgramSchema = z.object({
  name: programName,
  owner,
  scopes: z.array(scope, { error: 'scopes' }).min(1, { error: 'at least one scope' }).max(64).readonly(),
  days: z
    .int({ error: 'whole days' })
    .min(1, { error: 'at least 1 day' })
    .max(732, { error: 'at most 732 days: two years' })
    .default(366)
    .describe('For how long its token is good'),
})

export const madeProgramSchema = z.object({
  program: programSchema,
  token: z.string().describe('Shown this once: here is only its hash'),
})

export const programParamsSchema = z.object({ name: programName })

export const newPasswordSchema = z.object({ password })

export const ownPasswordSchema = z.object({
  password: z
    .string({ error: 'a password' })
    .max(256, { error: 'a password' })
    .describe('The one that is good now'),
  next: password.describe('The one that is good from then on'),
})

/** Whatever is given is tried: what a wrong one looks like is nobody's to learn. */
export const signInSchema = z.object({
  name: z.string({ error: 'a name' }).max(64, { error: 'a name' }),
  password: z.string({ error: 'a password' }).max(256, { error: 'a password' }),
})

export const owedSchema = z
  .enum(['password'])
  .describe('What has to be done before anything else opens: password: to choose one that nobody else knows')

export const sessionSchema = z
  .object({
    member: memberSchema.optional(),
    openId: z.boolean().describe('Whether one can sign in by the city’s own provider, at /session/openid'),
    owes: owedSchema.optional(),
    idleEndsAtMs: ms('When it ends unless somebody is there before').optional(),
    endsAtMs: ms('When it ends whatever is done').optional(),
    nowMs: ms('What the time is here').optional(),
  })
  .describe('Who has signed in here, if anybody')

export const sessionShownSchema = z
  .object({
    id: z.string(),
    device: z
      .string()
      .describe('A browser and its system, as `Chrome · Windows`; empty where neither was said'),
    address: z.string().describe('From where it was opened'),
    beganAtMs: ms('When it was opened'),
    usedAtMs: ms('When somebody was last there, to the minute'),
    endsAtMs: ms('When it ends whatever is done'),
  })
  .describe('Somebody signed in somewhere')

export const sessionListSchema = z.object({ sessions: z.array(sessionShownSchema).readonly() })

export const sessionParamsSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/, { error: 'the id of a session' }),
})

export const accountSchema = z
  .object({
    member: memberSchema,
    hasPassword: z.boolean().describe('False for who comes by the city’s own provider'),
    session: z.string().describe('The id of the one that asks'),
    sessions: z.array(sessionShownSchema).readonly(),
  })
  .describe('One’s own account')

export type Account = Readonly<z.output<typeof accountSchema>>
export type SessionShown = Readonly<z.output<typeof sessionShownSchema>>
export type OwnPassword = z.output<typeof ownPasswordSchema>
export type Role = z.output<typeof roleSchema>
export type KnownName = Readonly<z.output<typeof knownNameSchema>>
export type Member = Readonly<z.output<typeof memberSchema>>
export type ProgramShown = Readonly<z.output<typeof programSchema>>
export type NewProgram = Readonly<z.output<typeof newProgramSchema>>
export type MadeProgram = Readonly<z.output<typeof madeProgramSchema>>
export type NewMember = z.output<typeof newMemberSchema>
export type SignIn = z.output<typeof signInSchema>
export type SessionView = z.output<typeof sessionSchema>
