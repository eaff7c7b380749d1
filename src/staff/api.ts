import { z } from 'zod'
import { readableName } from '../foundation/schema.ts'

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

export const newMemberSchema = z.object({
  name,
  display: readableName('the name that people read').optional(),
  role: roleSchema,
  unit: unit.optional(),
  password: password.describe('At least 12 characters; kept as argon2id'),
})

export const memberParamsSchema = z.object({ name })

export const newPasswordSchema = z.object({ password })

/** Whatever is given is tried: what a wrong one looks like is nobody's to learn. */
export const signInSchema = z.object({
  name: z.string({ error: 'a name' }).max(64, { error: 'a name' }),
  password: z.string({ error: 'a password' }).max(256, { error: 'a password' }),
})

export const sessionSchema = z
  .object({
    member: memberSchema.optional(),
    openId: z.boolean().describe('Whether one can sign in by the city’s own provider, at /session/openid'),
  })
  .describe('Who has signed in here, if anybody')

export type Role = z.output<typeof roleSchema>
export type Member = Readonly<z.output<typeof memberSchema>>
export type NewMember = z.output<typeof newMemberSchema>
export type SignIn = z.output<typeof signInSchema>
export type SessionView = z.output<typeof sessionSchema>
