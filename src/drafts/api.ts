import { z } from 'zod'
import { givenFileSchema, ms, phoneNumber } from '../foundation/schema.ts'

/** Drafts of orders over HTTP: what an agent writes down while somebody speaks. */

const line = z.string({ error: 'text' }).max(400, { error: 'at most 400 characters' })
const text = z.string({ error: 'text' }).max(4000, { error: 'at most 4000 characters' })

/** As they stand on the form, whatever an order will take of it. */
export const draftFieldsSchema = z
  .strictObject({
    type: line.optional(),
    kind: line.optional(),
    category: line.optional(),
    matter: text.optional(),
    name: line.optional(),
    district: line.optional(),
    street: line.optional(),
    place: line.optional(),
    urgency: line.optional(),
    mode: line.optional(),
    number: line.optional(),
    caller: line.optional(),
    elder: line.optional(),
    confidential: line.optional(),
    undecided: line.optional().describe('yes: left to a dispatcher'),
    anyway: line.optional(),
    answer: text.optional(),
    article: line.optional(),
    taken: text.describe('What was taken of what was heard, a line each').optional(),
  })
  .describe('What stands in the fields of the form; an empty one was cleared')
export type DraftFields = Readonly<z.output<typeof draftFieldsSchema>>
export type DraftField = keyof DraftFields
export const draftFieldNames = Object.keys(draftFieldsSchema.shape) as readonly DraftField[]

const field = z.enum(draftFieldNames as [DraftField, ...DraftField[]])
const page = z
  .string({ error: 'a name of the page' })
  .max(64, { error: 'at most 64 characters' })
  .describe(
    'A name that the page keeps while it is open: two pages of one agent write over each other no more than two agents',
  )
  .optional()
const callId = z.string({ error: 'the id of a call' }).min(1).max(64)
const seq = z
  .int({ error: 'the `seq` of the draft as it was read' })
  .min(0, { error: 'the `seq` of the draft as it was read' })

export const newDraftSchema = z.strictObject({
  call: callId.describe('The call that it is told in; absent where there is none').optional(),
  fields: draftFieldsSchema,
  page,
})
export type NewDraft = Readonly<z.output<typeof newDraftSchema>>

export const draftChangeSchema = z.strictObject({
  seq: seq.describe('Of the draft as it was read: what somebody else wrote since is not written over'),
  fields: draftFieldsSchema,
  page,
  settled: z
    .array(field)
    .max(30)
    .readonly()
    .describe('Fields of which two wordings were told, and what stands is to stand')
    .optional(),
})
export type DraftChange = Readonly<z.output<typeof draftChangeSchema>>

export const draftFileParamsSchema = z.object({
  id: z.string().max(64).describe('Id of the draft'),
  hash: z.string({ error: 'the hash of a file' }).regex(/^[0-9a-f]{64}$/, { error: 'the hash of a file' }),
})
export const draftParamsSchema = z.object({ id: z.string().max(64).describe('Id of the draft') })
export const draftQuerySchema = z.object({
  call: callId
    .optional()
    .describe('The open draft of this call, whoever writes it; your own open drafts when absent'),
})

export const draftSchema = z
  .object({
    id: z.string(),
    call: z.string().optional(),
    agent: z.string().describe('Who began it'),
    seq: z.int().describe('One more with each change'),
    fields: draftFieldsSchema,
    changedBy: z.partialRecord(field, z.string()).describe('Who wrote a field last'),
    contested: z
      .partialRecord(field, z.object({ text: z.string(), by: z.string(), page: z.string().optional() }))
      .describe(
        'What another wrote in a field at the same time, and who: it was refused, and is shown to both',
      ),
    files: z
      .array(givenFileSchema)
      .readonly()
      .describe('What the citizen gave: the order that is made of it shows them'),
    madeAtMs: ms('ms since 1970'),
    changedAtMs: ms('ms since 1970'),
  })
  .describe('An order that is being written down')
export type DraftView = Readonly<z.output<typeof draftSchema>>

export const draftSavedSchema = z.object({
  draft: draftSchema,
  refused: z
    .array(field)
    .readonly()
    .describe('Fields that somebody else wrote since: what they wrote stands, and the rest was saved'),
})
export type DraftSaved = Readonly<z.output<typeof draftSavedSchema>>

export const draftVersionSchema = z.object({ seq: z.int().describe('Of the draft as it stands') })

export const draftListSchema = z.object({ drafts: z.array(draftSchema).readonly() })

export const ownCallSchema = z
  .object({
    id: z.string().describe('Id of the call'),
    direction: z.enum(['in', 'out']),
    number: phoneNumber.or(z.literal('')).describe('Of the other side; empty when withheld'),
    isUnproved: z.literal(true).describe('Anybody can have said that it is this number').optional(),
    invitedAtMs: ms('ms since 1970'),
    connectedAtMs: ms('When this agent had them first, ms since 1970'),
    endedAtMs: ms('ms since 1970; absent while it is up').optional(),
    draft: z.string().describe('Id of its open draft').optional(),
    orders: z.array(z.string()).readonly().describe('Orders that its drafts became, or were added to'),
    sentAtMs: ms(
      'When the last of these drafts was sent, ms since 1970; absent while there is none',
    ).optional(),
  })
  .describe('A call that an agent had')
export type OwnCall = Readonly<z.output<typeof ownCallSchema>>
export const ownCallListSchema = z.object({ calls: z.array(ownCallSchema).readonly() })

const askSchema = z
  .array(z.object({ is: z.string(), ask: z.string() }))
  .readonly()
  .describe('What is easily taken for it, and the question that tells the two apart')
const formSchema = z.array(z.string()).readonly().describe('What an order of it has to say')
const urgency = z.enum(['urgent', 'livelihood', 'general', 'complex'])

export const kindShownSchema = z
  .object({
    code: z.string().describe('8 digits'),
    name: z.string(),
    object: z.string(),
    group: z.string(),
    urgency,
    form: formSchema,
    ask: askSchema,
  })
  .describe('A kind of the catalogue')
export type KindShown = Readonly<z.output<typeof kindShownSchema>>

const limitError = { error: 'a whole number from 1 to 50' }
export const kindQuerySchema = z.object({
  q: z
    .string({ error: 'what it is called' })
    .max(200, { error: 'at most 200 characters' })
    .describe(
      'Words of a kind, of an object or of citizens, with blanks between them; or the beginning of a code',
    ),
  limit: z.coerce.number(limitError).int(limitError).min(1, limitError).max(50, limitError).default(20),
})
export const kindListSchema = z.object({ kinds: z.array(kindShownSchema).readonly() })

export const placeQuerySchema = z.object({
  q: z
    .string({ error: 'what it is called' })
    .max(100, { error: 'at most 100 characters' })
    .describe(
      'Characters of its name, or the first letters of their sounds, as wj for 望京; empty for all streets',
    ),
  district: line.optional().describe('Only what lies in this district'),
  limit: kindQuerySchema.shape.limit,
})
export const placeShownSchema = z
  .object({
    district: z.string(),
    street: z.string(),
    community: z
      .string()
      .describe('What lies in the street; absent where the street itself is meant')
      .optional(),
  })
  .describe('A place of the city')
export type PlaceShown = Readonly<z.output<typeof placeShownSchema>>
export const placeListSchema = z.object({ places: z.array(placeShownSchema).readonly() })

const heard = z.string({ error: 'what was said' }).max(20_000, { error: 'at most 20000 characters' })
export const suggestRequestSchema = z.strictObject({
  text: heard.describe('What was said or written'),
  title: heard.describe('The same in few words, as the agent wrote it down').optional(),
  district: line.optional().describe('Whose unit is named'),
})
export type SuggestRequest = Readonly<z.output<typeof suggestRequestSchema>>
export const suggestionShownSchema = z
  .object({
    isUnsure: z.boolean().describe('"I don’t know": what was found is no more than a place to begin to look'),
    found: z
      .array(
        z.object({
          object: z.string(),
          group: z.string(),
          sure: z.number().describe('0 to 1'),
          unit: z
            .object({ id: z.string(), name: z.string() })
            .describe('Who answers there; absent where nobody does')
            .optional(),
          kinds: z.array(z.object({ code: z.string(), name: z.string(), urgency })).readonly(),
          why: z.array(z.string()).readonly().describe('Words that weighed, the weightiest first'),
          ask: askSchema,
          form: formSchema,
        }),
      )
      .readonly()
      .describe('At most three, the surest first'),
  })
  .describe('What a text may be about; a person decides')
export type SuggestionShown = Readonly<z.output<typeof suggestionShownSchema>>
