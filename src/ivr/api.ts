import { z } from 'zod'

/** Flows over HTTP: their versions, the changes between them, and which version answers calls. */

const share = z
  .number({ error: 'a share of the calls, above 0, at most 1' })
  .gt(0, { error: 'a share of the calls, above 0' })
  .max(1, { error: 'a share of the calls, at most 1' })

const author = z
  .string({ error: 'the name of whoever does it' })
  .trim()
  .min(1, { error: 'the name of whoever does it' })
  .max(64, { error: 'at most 64 characters' })
  .describe('Who does it')

const fileName = z
  .string({ error: 'the name of a file' })
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}\.yaml$/i, { error: 'the name of a YAML file, as hotline.yaml' })
  .describe('Name of a file of the flows, as hotline.yaml, or yue.language.yaml for a language')

const number = z
  .int({ error: 'the number of a version' })
  .positive({ error: 'the number of a version' })
  .max(2_147_483_647, { error: 'the number of a version' })

/** More files than any city has, and few enough to prove within seconds. */
const mostFiles = 64
const longestFile = 256 * 1024

export const flowRequestSchema = z
  .object({
    files: z
      .array(
        z.object({
          path: fileName,
          text: z
            .string({ error: 'the YAML of the flow' })
            .max(longestFile, { error: `at most ${longestFile} characters` }),
        }),
        { error: 'a list of files' },
      )
      .max(mostFiles, { error: `at most ${mostFiles} files` })
      .readonly()
      .describe('Files that are new or other than those in use; the rest stays'),
    without: z.array(fileName).max(mostFiles).readonly().describe('Files in use that shall go').optional(),
    author,
    note: z
      .string({ error: 'what changed, and why' })
      .trim()
      .min(1, { error: 'what changed, and why' })
      .max(500, { error: 'at most 500 characters' })
      .describe('What changed, and why'),
    share: share.describe('Share of new calls that get them, for a trial; all when absent or 1').optional(),
  })
  .describe('Flows to take into use')

export const flowPromotionSchema = z.object({ author })

export const flowRollbackSchema = z.object({
  author,
  to: number
    .describe('The version to go back to; when absent a trial ends, or the version before returns')
    .optional(),
})

export const flowVersionParamsSchema = z.object({ number: z.coerce.number().pipe(number) })

export const flowDiffQuerySchema = z.object({
  from: z.coerce
    .number()
    .pipe(number)
    .describe('The earlier version; the one it came after when absent')
    .optional(),
})

const provedFlowSchema = z
  .object({
    flow: z.string(),
    audience: z.enum(['general', 'elder']),
    states: z.int(),
    situations: z.int().describe('Situations of a caller that the proof looked at'),
    likeliest: z
      .record(z.string(), z.number())
      .describe('Seconds from the answer to the queue for a person, by language'),
    byItself: z
      .boolean()
      .describe('Whether silence leads to the queue; otherwise `likeliest` is the end of the greeting'),
    longest: z.number().describe('The longest way to the queue for one who presses nothing, in seconds'),
  })
  .describe('What the proof found of a flow')

const wordsSchema = z.object({ 'zh-CN': z.string(), en: z.string() })

const flowMapSchema = z
  .object({
    flow: z.string(),
    audience: z.enum(['general', 'elder']),
    person: z.string().describe('The state that key 0 leads to from everywhere'),
    width: z.number(),
    height: z.number(),
    states: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          kind: wordsSchema.describe('The verb in words; another flow that the call goes on in'),
          isStart: z.boolean(),
          isPerson: z.boolean(),
          says: wordsSchema.describe('The first thing said there').optional(),
          x: z.number().describe('Left edge'),
          y: z.number().describe('Upper edge'),
          calls: z.int().describe('Calls in it now'),
          toPerson: z
            .number()
            .describe(
              'Seconds to the queue for one who presses nothing, as proved; key 0 leads there at once',
            )
            .optional(),
        }),
      )
      .readonly(),
    ways: z
      .array(
        z.object({
          from: z.string(),
          to: z.string(),
          labels: z.array(wordsSchema).readonly(),
          path: z.string().describe('How it is drawn, as an SVG path'),
          labelX: z.number(),
          labelY: z.number(),
        }),
      )
      .readonly(),
    proof: z
      .object({
        situations: z.int(),
        likeliest: z.record(z.string(), z.number()),
        byItself: z.boolean(),
        longest: z.number(),
        measured: z
          .boolean()
          .describe('Whether `likeliest` is of real sound; estimated by syllables when not')
          .optional(),
      })
      .optional(),
  })
  .describe('A flow as it is drawn, with where calls are')

export const flowsNowSchema = z
  .object({
    digest: z.string().describe('SHA-256 of all texts, in hex'),
    version: number.describe('None while no database has kept it').optional(),
    trial: z.object({ number, share }).optional(),
    stateSize: z.object({ width: z.number(), height: z.number() }).describe('How large states are drawn'),
    flows: z.array(flowMapSchema).readonly(),
  })
  .describe('The flows that answer now, and where calls are in them')

const faultSchema = z.object({
  code: z.string(),
  place: z.string().describe('file:line:column'),
  found: z.string(),
  expected: z.string(),
})

export const flowVersionSchema = z
  .object({
    number,
    digest: z.string().describe('SHA-256 of all texts, in hex'),
    way: z.enum(['folder', 'api']).describe('Saved in FLOWS_DIR, or sent over the API'),
    author: z.string(),
    note: z.string(),
    madeAtMs: z.number().describe('When, ms since 1970'),
    parent: number.describe('What answered before it').optional(),
    verdict: z.array(provedFlowSchema).readonly(),
  })
  .describe('All flow files as they were taken into use together')

export const flowUseSchema = z
  .object({
    standing: number.describe('The version that answers'),
    trial: z.object({ number, share }).describe('The version that answers a share of new calls').optional(),
    because: z.enum(['loaded', 'tried', 'promoted', 'rolled-back']),
    author: z.string(),
    usedAtMs: z.number().describe('Since when, ms since 1970'),
    hints: z
      .array(faultSchema)
      .readonly()
      .describe('What authors may want to change: words of an earlier build')
      .optional(),
  })
  .describe('What answers now, and why')

export const flowVersionsSchema = z.object({
  use: flowUseSchema.optional(),
  versions: z.array(flowVersionSchema).readonly().describe('Newest first, at most 200'),
  refused: z
    .object({
      atMs: z.number(),
      version: number.describe('One that this build cannot use; absent: the files of FLOWS_DIR').optional(),
      faults: z.array(faultSchema).readonly(),
    })
    .describe('Why what was saved last in FLOWS_DIR, or a version of an earlier build, is not in use')
    .optional(),
})

export const flowFilesSchema = z.object({
  files: z.array(z.object({ path: z.string(), text: z.string() })).readonly(),
})

export const flowDiffSchema = z.object({
  from: number.optional(),
  to: number,
  files: z
    .array(
      z.object({
        name: z.string(),
        hunks: z
          .array(
            z.object({
              from: z.int().describe('First line before'),
              to: z.int().describe('First line after'),
              lines: z
                .array(z.string())
                .readonly()
                .describe('Each begins with a space, + or -, as in a unified diff'),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
})

export type FlowsNow = z.output<typeof flowsNowSchema>
export type FlowMap = FlowsNow['flows'][number]
export type FlowRequest = z.output<typeof flowRequestSchema>
export type FlowRollback = z.output<typeof flowRollbackSchema>
export type FlowVersionView = z.output<typeof flowVersionSchema>
export type FlowUseView = z.output<typeof flowUseSchema>
export type FlowVersions = z.output<typeof flowVersionsSchema>
export type FlowFiles = z.output<typeof flowFilesSchema>
export type FlowDiff = z.output<typeof flowDiffSchema>
