/** Whatever a setting or an option of a flow expects is said in Chinese, too: a new one without its words fails here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { argumentsInChinese } from '../../src/cli/messages/arguments.ts'
import { inChinese } from '../../src/cli/messages/said.ts'
import { type } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..', 'src')
const textsIn = (folder: string, named: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && named.test(path))
    .flatMap(path =>
      [
        ...readFileSync(join(root, folder, path), 'utf8').matchAll(
          /(?:\berror: |\bexpected: |Expected = |Form = |\bexpected = )(?:'([^'\n]+)'|`([^`\n]+)`)/g,
        ),
      ].map(([, plain, template]) => (plain ?? template ?? '').replace(/\$\{[^}]*\}/g, '7')),
    )
    // What a value is, in quotation marks, is the same in all languages.
    .filter(text => !/^"[^"]*"$/.test(text))

const isChinese = (text: string) => /\p{Script=Han}/u.test(inChinese(text))

describe.each([
  ['settings', /./],
  ['ivr', /^(grammar|vocabulary|flow|check|read|languages|translate|yaml-file)\.ts$|^verbs\//],
] as const)('what %s expect', (folder, named) => {
  const texts = [...new Set(textsIn(folder, named))]
  it('is found in the source', () => expect(texts.length).toBeGreaterThan(20))
  it.each(texts)('is said in Chinese: %s', text => expect(inChinese(text)).toSatisfy(() => isChinese(text)))
})

it.each([
  ['one of zh-CN, en; did you mean "en"?', 'zh-CN、en 之一；是不是“en”？'],
  ['a whole number from 3 to 120', '3 到 120 的整数'],
  ['port 8080 in use by another program', '端口 8080 已被别的程序占用'],
  ['no "states"', '没有 "states"'],
  ['"queu"', '"queu"'],
  ['a thing that nobody has said before', 'a thing that nobody has said before'],
])('%s', (english, chinese) => expect(inChinese(english)).toBe(chinese))

it.each([
  ["unknown command 'cals'\n(Did you mean calls?)", '没有命令 cals\n（是不是 calls？）'],
  ["missing required argument 'number'", '缺少参数 <number>'],
  ["required option '--contact <uri>' not specified", '必须写选项 --contact <uri>'],
  [
    "option '--lang <language>' argument 'fr' is invalid. Allowed choices are zh-CN, en.",
    '选项 --lang <language> 的值 fr 不对。应为：zh-CN, en',
  ],
  ["too many arguments for 'show'. Expected 1 argument but got 2.", '参数太多：应有 1 个，现有 2 个。'],
])('says of arguments in Chinese: %s', (english, chinese) =>
  expect(argumentsInChinese(english)).toBe(chinese),
)

it.each(['fr', 'zh', ''])('refuses the language "%s" of the terminal, and names both', async language => {
  const { code, err } = await type(['--lang', language, 'calls'])
  expect([code, err]).toEqual([2, expect.stringContaining('zh-CN, en')])
})
