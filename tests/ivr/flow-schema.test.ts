import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { callJsonSchema, flowJsonSchema, languageJsonSchema } from '../../src/ivr/index.ts'
import { flowsDirectory, shippedFlows, shippedSources } from './shipped.ts'

/** As the formatter wants it: a list of plain values on one line where it fits. */
function print(schema: object): string {
  return `${JSON.stringify(schema, null, 2).replaceAll(
    /^( *(?:"[^"]+": )?)\[\n([^[\]{}]*?)\n *\](,?)$/gm,
    (whole, before: string, items: string, after: string) => {
      const line = `${before}[${items.trim().replaceAll(/\n */g, ' ')}]${after}`
      return line.length <= 110 ? line : whole
    },
  )}\n`
}

it('ships a schema for editors that says what the reader says (vitest -u writes it)', async () => {
  await expect(print(flowJsonSchema())).toMatchFileSnapshot(join(flowsDirectory, 'flow.schema.json'))
})

it('is named in the first line of every flow, so that an editor completes without being set up', () => {
  const first = shippedFlows().map(({ text }) => text.split('\n')[0])
  expect(new Set(first)).toEqual(new Set(['# yaml-language-server: $schema=./flow.schema.json']))
  expect(() => JSON.parse(readFileSync(join(flowsDirectory, 'flow.schema.json'), 'utf8'))).not.toThrow()
})

it('ships a schema for languages, too, named in the first line of each', async () => {
  await expect(print(languageJsonSchema())).toMatchFileSnapshot(join(flowsDirectory, 'language.schema.json'))
  const languages = shippedSources().filter(({ path }) => path.endsWith('.language.yaml'))
  for (const { text } of languages)
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./language.schema.json')
})

it('ships a schema for written calls, too', async () => {
  await expect(print(callJsonSchema())).toMatchFileSnapshot(join(flowsDirectory, 'calls', 'call.schema.json'))
})
