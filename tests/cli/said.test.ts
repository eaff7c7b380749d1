/** Whatever a fault finds and expects is said in Chinese, too: a new one without its words fails here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { argumentsInChinese } from '../../src/cli/messages/arguments.ts'
import { inChinese } from '../../src/cli/messages/said.ts'
import { refusedTexts } from './refused-texts.ts'
import { type } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..', 'src')
/** What nobody reads at a terminal: one part of the house says it to another, and the log says the code alone. */
const ofTheHouse = new Set([
  'one in 7 ms',
  'one within 7 ms',
  'no answer yet',
  'no end',
  'no end in 7 ms',
  'an end',
  'the last words',
  'no key',
  'a key',
  'one of those that were prepared',
  'no such queue in the database',
  'what this build enqueues',
  'two open ports of one worker',
  'a port in the same worker',
  'a call whose media is elsewhere',
  'one dialled near this one',
  'a row that does not fit at 7',
  'parts still open after 7 ms',
  'all closed',
  'the file that was kept',
  'a job that was not dialled yet',
  'a request that is taken',
  // A flow asked for it in a call: it goes another way, and the log has the code.
  'no order status',
  'a caller whose number nobody vouches for',
  'a proved one',
  'no link for 7',
  'one that this house makes',
  'no ID token',
  'a port that is closed',
  'two ports of different workers',
  // The thread that suggests kinds writes it down for those who label.
  "I don't know",
])

/** Rooms below whoever asks: what they refuse by position is for the log, or said again above. */
const unheard = /^(captions|desk|foundation|ivr|jobs|ledger|media|sipd|speech|storage|telephony|texts)\//
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts') && !/^(web|cli\/messages|http\/words)\/|^hall\/welcome/.test(path))
  .map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const texts = refusedTexts(sources, path => !unheard.test(path))
  // What a value is, in quotation marks or alone, is the same in all languages.
  .filter(
    text =>
      !text.includes('${') &&
      !/^("[^"]*"|7+|7 \(7\)|7: 7|\{7\}|status 2xx|callback|openid profile|7: found 7, expected 7|pending 7)$/.test(
        text,
      ) &&
      !ofTheHouse.has(text),
  )

describe('what faults find and expect', () => {
  it('is found in the source', () => expect(texts.length).toBeGreaterThan(1_000))
  it('is found wherever it stands: as a constant, in a list, in a template, as a choice', () => {
    const text = `
const looksLike = 'a shape of digits'
const both = ['the one form', \`the other of \${kind}\`]
const way = () => new Fault({ code, place, found: isNew ? 'a new thing' : nothing, expected: [...both, 'a last one'].join(' or ') })
throw fault('code', place, \`"\${text.slice(0, 4)}"\`, looksLike)`
    expect(refusedTexts([{ path: 'orders/x.ts', text }], () => true).toSorted()).toEqual([
      'a last one',
      'a new thing',
      'a shape of digits',
      'the one form',
      'the other of 7',
    ])
  })
  it.each([...new Set(texts)])('is said in Chinese: %s', text => {
    const said = inChinese(text)
    expect(said).toMatch(/\p{Script=Han}/u)
    // What is quoted, or to be typed, is the same in all languages; two words of English beside each other are a part that was missed.
    expect(said.replace(/`[^`]*`|"[^"]*"|[（(](?:npm|SoX).*[）)]/g, '')).not.toMatch(
      /\b[a-z]{2,},? [a-z]{2,}\b/,
    )
  })
})

it.each([
  ['one of zh-CN, en; did you mean "en"?', 'zh-CN、en 之一；是不是“en”？'],
  ['a whole number from 3 to 120', '3 到 120 的整数'],
  ['port 8080 in use by another program', '端口 8080 已被别的程序占用'],
  ['nobody who answers (ECONNREFUSED)', '没有应答（ECONNREFUSED）'],
  [
    'the hotline: start it with `npm start` or `jieting start`, or set HTTP_PORT or JIETING_URL to where it is',
    '热线：用 `npm start` 或 `jieting start` 启动，或把 HTTP_PORT 或 JIETING_URL 设成它的地址',
  ],
  ['few characters over and over', '翻来覆去只有几个字符'],
  ['the same over and over', '同样的内容重复'],
  ['keys or figures in their order', '按顺序的键或数字'],
  ['the name, and little else', '只有用户名，没有多少别的'],
  ['a word that everybody takes', '人人都用的词'],
  ['no call x', '没有通话 x'],
  ['the id of a call, as GET /api/calls lists them', '通话编号，见 `jieting calls`'],
  ['the name of a seat', '坐席的名字'],
  ['a day, as 2026-01-05', '日期，如 2026-01-05'],
  ['what is no JSON', '不是 JSON'],
  ['no file that can be read (ENOENT)', '读不到文件（ENOENT）'],
  ['no "states"', '没有 "states"'],
  ['"queu"', '"queu"'],
  ['"bye", saying, with nobody on the way', '"bye"，正在播放，没有人会来接'],
  [
    'a hang-up from "bye" (hears "您好，it fails", presses 2, waits 5 s)',
    '从 "bye" 直接挂断（听到“您好，it fails”，按 2，等 5 秒）',
  ],
  ['25.3 s in zh-CN', '25.3 秒（zh-CN）'],
  ['no connection (57P01)', '没有连接（57P01）'],
  ['/proc/nowhere, which cannot be made (ENOENT)', '/proc/nowhere，这个文件夹没有，也建不了（ENOENT）'],
  ['/etc/hosts, which is no folder (ENOTDIR)', '/etc/hosts，不是文件夹（ENOTDIR）'],
  ['/srv, which cannot be written (EACCES)', '/srv，写不了（EACCES）'],
  ['127.0.0.1 5060', '127.0.0.1 5060'],
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
