import { z } from 'zod'
import { expectedBy, FaultList } from '../foundation/index.ts'
import { triageFault } from './faults.ts'

/** What somebody said, and what it was: a line of a file. */
export type Example = {
  readonly text: string
  readonly title?: string | undefined
  readonly label: string
  /** `file:line`, for who has to mend it. */
  readonly place: string
}

const lineSchema = z.object({
  text: z.string(),
  title: z.string().optional(),
  label: z.string().trim().min(1, { error: 'a label' }),
})
const textSchema = lineSchema.partial({ label: true })

/** So many faults are said at once: who wrote ten thousand lines wrongly wrote all of them alike. */
const mostFaults = 20

/**
 * Reads JSON lines: `{"text", "title"?, "label"}`; other keys are left alone, and so are empty lines.
 * @throws FaultList `example-invalid` with what is wrong by file and line
 */
export const readExamples = (path: string, written: string): readonly Example[] =>
  linesOf(path, written, lineSchema)

/** The same, of texts whose label nobody knows yet. */
export const readTexts = (
  path: string,
  written: string,
): readonly (Omit<Example, 'label'> & { label?: string | undefined })[] => linesOf(path, written, textSchema)

function linesOf<Schema extends z.ZodObject>(
  path: string,
  written: string,
  schema: Schema,
): readonly (z.output<Schema> & { readonly place: string })[] {
  const faults: Error[] = []
  const found = written
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '' || faults.length >= mostFaults) return []
      const place = `${path}:${at + 1}`
      const value = jsonOf(line)
      const read = schema.safeParse(value, { error: expectedBy })
      if (read.success) return [{ ...read.data, place }]
      const [issue] = read.error.issues
      const what = value === undefined ? 'what is no JSON' : `no such "${issue?.path.join('.')}"`
      faults.push(triageFault('example-invalid', place, what, issue?.message ?? 'a text'))
      return []
    })
  if (faults.length > 0) throw new FaultList(faults as ReturnType<typeof triageFault>[])
  if (found.length === 0)
    throw new FaultList([
      triageFault('example-invalid', path, 'no line', 'JSON lines, as {"text":"…","label":"…"}'),
    ])
  return found
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** @throws FaultList `label-alone` for each label that too few examples have: nothing would be left to try it on */
export function checkLabels(examples: readonly Example[], path: string): readonly string[] {
  const places = new Map<string, string[]>()
  for (const { label, place } of examples) places.set(label, [...(places.get(label) ?? []), place])
  const alone = [...places].flatMap(([label, [place = path, ...others]]) =>
    others.length === 0
      ? [triageFault('label-alone', place, `label "${label}" once`, 'at least 2 examples of each label')]
      : [],
  )
  if (alone.length > 0) throw new FaultList(alone.slice(0, mostFaults))
  if (places.size < 2)
    throw new FaultList([triageFault('example-invalid', path, 'one label', 'at least 2 labels')])
  return [...places.keys()].toSorted()
}
