import { z } from 'zod'

/**
 * The files that people write: one per class, `units.json`, and `former.json`. Names are Chinese, and serve as
 * keys.
 */

const name = z
  .string({ error: 'a name' })
  .regex(/^[^\s·]{1,24}$/, { error: 'a name of 1 to 24 characters, without blanks and ·' })
const code = (digits: number) =>
  z.string({ error: `${digits} digits` }).regex(new RegExp(`^\\d{${digits}}$`), { error: `${digits} digits` })
const urgency = z.enum(['urgent', 'livelihood', 'general', 'complex'])
/** Words on one line, separated by blanks, which reads well in editors and diffs. */
const words = z
  .string({ error: 'words with blanks between them' })
  .transform(line => line.split(/\s+/).filter(word => word !== ''))
const sentence = z.string().min(4).max(80)

const kind = z.union([
  name.transform(given => ({ name: given, urgency: undefined })),
  z.strictObject({ name, urgency }),
])

/** An object that this one is easily confused with, and the question that tells the two apart. */
const mistaken = z.strictObject({ is: name, ask: sentence })

const object = z.strictObject({
  code: code(6),
  /** What citizens call it. */
  words,
  /** How citizens put it. */
  says: z.array(sentence).default([]),
  not: z.array(mistaken).default([]),
  /** What its orders have to state. */
  form: words.default([]),
  /** The category of its orders in the order rules, if it is not the group's. */
  category: z.string().optional(),
  /** Often raised by elders. */
  elder: z.boolean().default(false),
  kinds: z.record(code(8), kind),
})

const group = z.strictObject({
  code: code(4),
  /** The units in words: the first leads, the others help. */
  units: z.array(name).min(1),
  urgency,
  /** One of 七有五性. */
  tag: name,
  category: z.string(),
  objects: z.record(name, object),
})

export const classFile = z.strictObject({ class: name, code: code(2), groups: z.record(name, group) })

const unit = z.strictObject({
  /** An id in order-rules/units.json. */
  id: z.string(),
  /** The only districts in which it answers; all when absent. */
  only: z.array(z.string()).optional(),
})

export const unitsFile = z.strictObject({
  units: z.record(name, unit),
  /** By district, the units that answer in place of others. */
  instead: z.record(z.string(), z.record(name, name)).default({}),
})

/** Former codes and what replaced them; each chain ends at an existing kind or object. */
export const formerFile = z.strictObject({ former: z.record(z.string(), z.string()).default({}) })
