import { z } from 'zod'

/** What people write: a file for each class, `units.json`, and `former.json`. Names are Chinese, and keys. */

const name = z
  .string({ error: 'a name' })
  .regex(/^[^\s·]{1,24}$/, { error: 'a name of 1 to 24 characters, without blanks and ·' })
const code = (digits: number) =>
  z.string({ error: `${digits} digits` }).regex(new RegExp(`^\\d{${digits}}$`), { error: `${digits} digits` })
const urgency = z.enum(['urgent', 'livelihood', 'general', 'complex'])
/** Words in one line, with blanks between them: a line is what an editor and a diff show well. */
const words = z
  .string({ error: 'words with blanks between them' })
  .transform(line => line.split(/\s+/).filter(word => word !== ''))
const sentence = z.string().min(4).max(80)

const kind = z.union([
  name.transform(given => ({ name: given, urgency: undefined })),
  z.strictObject({ name, urgency }),
])

/** What another object is easily taken for this one, and what to ask to tell the two apart. */
const mistaken = z.strictObject({ is: name, ask: sentence })

const object = z.strictObject({
  code: code(6),
  /** How citizens call it. */
  words,
  /** How citizens say it. */
  says: z.array(sentence).default([]),
  not: z.array(mistaken).default([]),
  /** What an order of it has to say. */
  form: words.default([]),
  /** The category of order-rules by which orders of it are made, where it is not the group's. */
  category: z.string().optional(),
  /** Asked often by old people. */
  elder: z.boolean().default(false),
  kinds: z.record(code(8), kind),
})

const group = z.strictObject({
  code: code(4),
  /** Who answers: the first leads, the others help. */
  units: z.array(name).min(1),
  urgency,
  /** Of 七有五性. */
  tag: name,
  category: z.string(),
  objects: z.record(name, object),
})

export const classFile = z.strictObject({ class: name, code: code(2), groups: z.record(name, group) })

const unit = z.strictObject({
  /** Of order-rules/units.json. */
  id: z.string(),
  /** The only districts in which it answers; absent, all of them. */
  only: z.array(z.string()).optional(),
})

export const unitsFile = z.strictObject({
  units: z.record(name, unit),
  /** In a district, who answers in place of a unit. */
  instead: z.record(z.string(), z.record(name, name)).default({}),
})

/** Codes that were, and where what they held is now: a chain of them ends at a kind or an object that is. */
export const formerFile = z.strictObject({ former: z.record(z.string(), z.string()).default({}) })
