import { z } from 'zod'
import { ms, readableName } from '../foundation/schema.ts'

/** Members and how they sign in, over HTTP. */

export const roleSchema = z
  .enum(['seat', 'dispatcher', 'supervisor', 'unit', 'auditor', 'admin'], {
    error: 'one of seat, dispatcher, supervisor, unit, auditor, admin',
  })
  .describe(
    'seat: takes calls; dispatcher: says whose an order is; supervisor: watches the line; unit: works on its orders; auditor: sees who did what, and audits; admin: all of it',
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

/** Display names of members and seats: pages never show anybody by their sign-in name. */
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

/** Changes to a member. Members of role unit have a unit, and nobody else does. */
export const memberChangeSchema = z
  .strictObject({
    display: readableName('the name that people read').optional(),
    role: roleSchema.optional(),
    unit: unit.optional(),
  })
  .refine(change => Object.values(change).some(one => one !== undefined), {
    error: 'something to change: display, role or unit',
  })
export type MemberChange = z.output<typeof memberChangeSchema>

/** What others changed of a member's rights, latest first. */
export const rightsChangeSchema = z
  .object({
    kind: z.enum(['added', 'changed', 'removed', 'password-set', 'removal-asked', 'factors-removed']),
    by: z.string(),
    atMs: ms('When'),
    display: z.string().optional(),
    role: z.string().optional(),
    unit: z.string().optional(),
  })
  .describe('A change of what somebody may do')
export const rightsChangeListSchema = z.object({ changes: z.array(rightsChangeSchema).readonly() })
export type RightsChange = Readonly<z.output<typeof rightsChangeSchema>>

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

/** Any name and password are tried, so that nobody learns what invalid ones look like. */
export const signInSchema = z.object({
  name: z.string({ error: 'a name' }).max(64, { error: 'a name' }),
  password: z.string({ error: 'a password' }).max(256, { error: 'a password' }),
})

export const owedSchema = z
  .enum(['second-factor', 'password', 'enrolment'])
  .describe(
    'What has to be done before anything else opens: second-factor: the second step of the sign-in; password: to choose one that nobody else knows; enrolment: to add a second factor',
  )

export const factorKinds = ['totp', 'passkey'] as const

export const sessionSchema = z
  .object({
    member: memberSchema.optional(),
    openId: z.boolean().describe('Whether one can sign in by the city’s own provider, at /session/openid'),
    owes: owedSchema.optional(),
    second: z
      .array(z.enum(factorKinds))
      .readonly()
      .describe('By what the second step can be done')
      .optional(),
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

export const factorSchema = z
  .object({
    id: z.string(),
    kind: z.enum(factorKinds).describe('totp: an app that makes codes (RFC 6238); passkey: WebAuthn'),
    label: z.string().describe('What its owner calls it'),
    madeAtMs: ms('When it was added'),
    usedAtMs: ms('When it was used last; absent for never').optional(),
  })
  .describe('By what a member proves themselves beside a password')

const label = readableName('what you call it').describe('What you call it, as 我的手机')
const code = z.string({ error: 'a code' }).max(64, { error: 'a code' })
/** The current password, required for changing second factors. */
const present = z.string({ error: 'a password' }).max(256, { error: 'a password' }).describe('The password')

export const factorListSchema = z.object({ factors: z.array(factorSchema).readonly() })
export const withPasswordSchema = z.object({ password: present })
export const codeSchema = z.object({
  code: code.describe('The six digits that the app shows, or a code for who has lost it'),
})
export const newTotpSchema = z.object({
  secret: z.string().describe('To be typed where no picture can be read'),
  uri: z.string().describe('otpauth://, which the picture holds'),
})
export const confirmTotpSchema = z.object({ code, label })
export const recoverySchema = z.object({
  recovery: z
    .array(z.string())
    .readonly()
    .describe(
      'Codes for who loses the device, each good once; shown this once, empty where there are some already',
    ),
})
export const factorParamsSchema = z.object({
  id: z.string().regex(/^[\w-]{1,512}$/, { error: 'the id of a second factor' }),
})
/** An answer from a browser (WebAuthn Level 3, sections 5.1.1 and 5.1.3), whose parts are validated during verification. */
const passkeyAnswer = z.object({
  id: z.string().max(1024),
  rawId: z.string().max(1024),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(64).optional(),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
})
export const passkeyProofSchema = z.object({ answer: passkeyAnswer })
export const newPasskeySchema = z.object({ answer: passkeyAnswer, label })
/** Options for the browser's WebAuthn request. */
export const passkeyAskedSchema = z.object({ options: z.record(z.string(), z.unknown()) })
export const removalSchema = z
  .object({
    state: z
      .enum(['asked', 'removed'])
      .describe(
        'asked: another administrator has to agree within a day; removed: they sign in by password alone',
      ),
  })
  .describe('What became of it')

export const accountSchema = z
  .object({
    member: memberSchema,
    hasPassword: z.boolean().describe('False for who comes by the city’s own provider'),
    session: z.string().describe('The id of the one that asks'),
    factors: z.array(factorSchema).readonly(),
    recoveryLeft: z.int().describe('How many codes for who loses their device are left'),
    isFactorNeeded: z.boolean().describe('Whether the role needs a second factor'),
    sessions: z.array(sessionShownSchema).readonly(),
  })
  .describe('One’s own account')

export type FactorKind = (typeof factorKinds)[number]
export type FactorShown = Readonly<z.output<typeof factorSchema>>
export type PasskeyAnswer = z.output<typeof passkeyAnswer>
export type NewTotp = Readonly<z.output<typeof newTotpSchema>>
export type RecoveryCodes = Readonly<z.output<typeof recoverySchema>>
export type PasskeyAsked = Readonly<z.output<typeof passkeyAskedSchema>>
export type Removal = Readonly<z.output<typeof removalSchema>>
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
