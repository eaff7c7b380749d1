import { z } from 'zod'

/** Changing the catalogue: a draft with its changes and faults, and the versions. */

const texts = z.array(z.string()).readonly()
const stated = (error: string, most: number) =>
  z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(most, { error: `at most ${most} characters` })

export const catalogueChangeSchema = z
  .object({
    about: z
      .enum(['object', 'unit', 'instead', 'former'])
      .describe('An object; a unit of units.json; who answers instead in a district; a code that was moved'),
    name: z.string(),
    what: z.enum(['added', 'removed', 'changed']),
    fields: z
      .array(z.object({ name: z.string(), was: texts, is: texts }))
      .readonly()
      .describe('Of each field what went and what came'),
  })
  .describe('What is other of a thing')
export type CatalogueChange = Readonly<z.output<typeof catalogueChangeSchema>>
const changes = z.array(catalogueChangeSchema).readonly()

export const catalogueFaultSchema = z.object({
  place: z.string().describe('File, line and column'),
  found: z.string(),
  expected: z.string(),
})
export type CatalogueFaultShown = Readonly<z.output<typeof catalogueFaultSchema>>

const revision = z
  .int({ error: 'the revision that was seen' })
  .min(0, { error: 'the revision that was seen' })
export const catalogueDraftSchema = z.object({
  revision: z.int().describe('0 where there is no draft yet'),
  base: z.int().describe('The version that it began with; absent: the folder’s').optional(),
  author: z.string().describe('Who wrote in it last').optional(),
  changedAtMs: z.number().optional(),
  files: texts.describe('Files that are another'),
  changes: changes.describe('What is other; empty while its files cannot be read'),
  faults: z
    .array(catalogueFaultSchema)
    .readonly()
    .describe('What keeps it from being published, each with its place'),
})
export type CatalogueDraftShown = Readonly<z.output<typeof catalogueDraftSchema>>

const fileName = z
  .string({ error: 'the name of a file, as 01-utilities.json' })
  .regex(/^[a-z0-9][a-z0-9-]{0,60}\.json$/, { error: 'the name of a file, as 01-utilities.json' })
export const catalogueEditBody = z.strictObject({
  revision: revision.describe('As the draft was seen; 0 to begin one'),
  edits: z
    .array(
      z.strictObject({
        file: fileName,
        at: z.array(z.string()).min(1, { error: 'a path in the file' }).max(12),
        value: z.unknown().optional().describe('What stands there from now on; absent: nothing'),
      }),
    )
    .max(200)
    .default([])
    .describe('Values in files, one after the other'),
  files: z
    .array(
      z.strictObject({
        name: fileName,
        text: z.string().max(2_000_000).nullable().describe('null: the file goes'),
      }),
    )
    .max(100)
    .default([])
    .describe('Whole files'),
})
export type CatalogueEdit = z.output<typeof catalogueEditBody>
export type CatalogueEditRequest = z.input<typeof catalogueEditBody>

const fromMs = z
  .int({ error: 'a time that is to come, in milliseconds' })
  // The end of the year 9999.
  .max(253_402_300_799_999, { error: 'a time that is to come, in milliseconds' })
  .optional()
  .describe('From when on it holds, ms since 1970; at once when absent')
export const cataloguePublishBody = z.strictObject({
  revision,
  note: stated('why it is another', 200).describe('Why, for whoever reads the versions'),
  fromMs,
})
export type CataloguePublish = z.output<typeof cataloguePublishBody>
export const catalogueUseBody = z.strictObject({ fromMs })

const number = z.coerce
  .number({ error: 'the number of a version' })
  .int({ error: 'the number of a version' })
  .min(1, { error: 'the number of a version' })
  .max(2_000_000_000, { error: 'the number of a version' })
export const catalogueVersionParams = z.object({ number })
export const catalogueDiffQuery = z.object({
  from: number.optional().describe('The one before it when absent'),
})
export const catalogueDiffSchema = z.object({
  from: z.int().optional(),
  to: z.int(),
  changes,
})
export type CatalogueDiff = Readonly<z.output<typeof catalogueDiffSchema>>

const useSchema = z.object({
  version: z.int(),
  fromMs: z.number(),
  because: z.enum(['loaded', 'published', 'used']),
  author: z.string(),
  decidedAtMs: z.number(),
})
export const catalogueVersionsSchema = z.object({
  holds: useSchema.optional().describe('What holds now; absent: the folder’s, and nothing was published yet'),
  next: useSchema.optional().describe('What was decided last, where its time has not come'),
  folder: z
    .enum(['holds', 'known', 'other'])
    .describe('Whether CATALOGUE_DIR holds, was a version, or has what no version had'),
  versions: z
    .array(
      z.object({
        number: z.int(),
        way: z.enum(['folder', 'draft']),
        author: z.string(),
        note: z.string(),
        madeAtMs: z.number(),
        parent: z.int().optional(),
      }),
    )
    .readonly()
    .describe('Newest first'),
})
export type CatalogueVersions = Readonly<z.output<typeof catalogueVersionsSchema>>

export const catalogueWrittenSchema = z.object({
  file: z.string(),
  group: z.string(),
  object: z.string(),
  written: z.unknown().describe('The object as the file has it'),
  units: texts.describe('Of its group: the first leads'),
  urgency: z.string().describe('Of its group'),
  revision: z.int().describe('Of the draft that it is read from; 0 where there is none'),
})
export type CatalogueWritten = Readonly<z.output<typeof catalogueWrittenSchema>>
