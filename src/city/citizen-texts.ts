import { z } from 'zod'

/**
 * What citizens read as text messages, in the city's words. `{number}` stands for what is known then; a part in brackets
 * in which something is named that is not known, or not to be told, is left out with all of it.
 */
const names = /\{([a-z]*)\}/g
/** A part in brackets with a name in it; `[12345]` is none. */
const optional = /\[([^[\]{}]*\{[^[\]]*)\]/g

/** A text message of more than 300 characters is five. */
const mostCharacters = 300

/** @param known what may be named in it. @param needed what has to be, or the text is of no use */
const template = (known: readonly string[], needed: readonly string[], shipped: string) =>
  z
    .string()
    .min(1, { error: 'a text' })
    .max(mostCharacters, { error: `at most ${mostCharacters} characters` })
    .superRefine((text, context) => {
      const named = [...text.matchAll(names)].map(([, name = '']) => name)
      const plain = text.replace(optional, '')
      for (const name of named.filter(name => !known.includes(name)))
        context.addIssue({
          code: 'custom',
          message: `names of ${known.map(one => `{${one}}`).join(', ')}`,
          input: name,
        })
      for (const name of needed.filter(name => !plain.includes(`{${name}}`)))
        context.addIssue({
          code: 'custom',
          message: `a text with {${name}} in it, outside of brackets`,
          input: text,
        })
      if (/[{}]/.test(text.replace(names, '')))
        context.addIssue({ code: 'custom', message: 'braces around names alone', input: text })
    })
    .default(shipped)

const inBoth = <Chinese extends z.ZodType, English extends z.ZodType>(chinese: Chinese, english: English) =>
  z.strictObject({ 'zh-CN': chinese, en: english })

const orders = ['matter', 'number', 'unit']
const rungBack = ['date', 'times']

export const citizenTextsSchema = z
  .strictObject({
    filed: inBoth(
      template(
        [...orders, 'due'],
        ['number'],
        '【12345】{matter}已受理，工单号{number}[，由{unit}办理][，{due}前办结]。凭工单号可来电查询。',
      ),
      template(
        ['number', 'due'],
        ['number'],
        '[12345] Your request is filed, number {number}[, to be settled by {due}].',
      ),
    ).prefault({}),
    closed: inBoth(
      template(
        [...orders, 'result'],
        ['number'],
        '【12345】{matter}（工单号{number}）已办结[，承办单位：{unit}][，办理结果：{result}]。如有异议请拨打12345。',
      ),
      template(
        ['number', 'result'],
        ['number'],
        '[12345] Your request {number} is closed[: {result}]. If you disagree, ring 12345.',
      ),
    ).prefault({}),
    reopened: inBoth(
      template(
        orders,
        ['number'],
        '【12345】{matter}（工单号{number}）已重新办理[，由{unit}继续办理]，工作人员会与您联系。',
      ),
      template(
        ['number'],
        ['number'],
        '[12345] Your request {number} is open again; somebody will get in touch.',
      ),
    ).prefault({}),
    survey: inBoth(
      template(
        ['hours', 'url'],
        ['url'],
        '【12345热线】您反映的问题已办结，请在{hours}小时内评价办理结果：{url}',
      ),
      template(
        ['hours', 'url'],
        ['url'],
        '[12345] Was your request handled well? Please tell us within {hours} hours: {url}',
      ),
    ).prefault({}),
    notReached: inBoth(
      template(
        rungBack,
        [],
        '【12345热线】您{date}的来电未能及时接听，我们回拨{times}次未能联系上您。如仍需帮助，请再拨12345。',
      ),
      template(
        rungBack,
        [],
        '12345 hotline: you rang us on {date} and we could not take your call. We rang you back {times} times and did not reach you. If you still need us, please call 12345.',
      ),
    ).prefault({}),
  })
  .prefault({})

export type CitizenTexts = z.output<typeof citizenTextsSchema>

/** @param values by their names; what is empty is not known, or not to be told */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  const isKnown = (part: string) => [...part.matchAll(names)].every(([, name = '']) => values[name])
  return text
    .replace(optional, (_, part: string) => (isKnown(part) ? part : ''))
    .replace(names, (_, name: string) => values[name] ?? '')
}
