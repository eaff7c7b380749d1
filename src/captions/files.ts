import type { CaptionLine, Speaker } from './api.ts'

export type FileFormat = 'vtt' | 'srt' | 'html'

const speakers: Readonly<Record<Speaker, string>> = {
  system: '热线',
  citizen: '来电人',
  seat: '话务员',
  third: '第三方',
}

/** More are not read at a glance. */
const mostInRow = 20
/** What is too short to be read stays at least so long. */
const leastMs = 1_000

/** A transcript as a file that players, word processors and people can read. */
export function transcriptFile(
  format: FileFormat,
  call: string,
  startedAt: Date,
  lines: readonly CaptionLine[],
  timeZone: string,
): { readonly type: string; readonly body: string } {
  return writers[format](
    lines.filter(({ text }) => text !== ''),
    call,
    startedAt,
    timeZone,
  )
}

type Write = (
  lines: readonly CaptionLine[],
  call: string,
  startedAt: Date,
  timeZone: string,
) => { readonly type: string; readonly body: string }

const writers: Readonly<Record<FileFormat, Write>> = {
  /** https://www.w3.org/TR/webvtt1/ */
  vtt: lines => ({
    type: 'text/vtt; charset=utf-8',
    body: `WEBVTT\n\n${lines
      .map(line => `${line.id}\n${times(line, '.')}\n<v ${speakers[line.who]}>${escaped(rows(line.text))}\n`)
      .join('\n')}`,
  }),
  srt: lines => ({
    type: 'application/x-subrip; charset=utf-8',
    body: lines
      .map(
        (line, index) =>
          `${index + 1}\n${times(line, ',')}\n${rows(`${speakers[line.who]}：${line.text}`)}\n`,
      )
      .join('\n'),
  }),
  html: (lines, call, startedAt, timeZone) => ({
    type: 'text/html; charset=utf-8',
    body: page(lines, call, startedAt, timeZone),
  }),
}

function times({ startMs, endMs }: CaptionLine, sign: string): string {
  return `${time(startMs, sign)} --> ${time(Math.max(endMs, startMs + leastMs), sign)}`
}

function time(ms: number, sign: string): string {
  const whole = Math.max(0, Math.round(ms))
  const digits = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0')
  const [hours, minutes, seconds] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60]
  return `${digits(hours, 2)}:${digits(minutes, 2)}:${digits(seconds, 2)}${sign}${digits(whole % 1000, 3)}`
}

/** Rows of at most 20 Chinese characters, a Latin letter counting half. */
function rows(text: string): string {
  let row = 0
  let result = ''
  for (const part of text.match(/[\w']+\s*|[\s\S]/gu) ?? []) {
    const width = [...part].reduce(
      (sum, sign) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(sign) ? 1 : 0.5),
      0,
    )
    if (row > 0 && row + width > mostInRow) {
      result += '\n'
      row = 0
    }
    result += part
    row += width
  }
  return result
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, sign => entities[sign] ?? sign)

const page = (
  lines: readonly CaptionLine[],
  call: string,
  startedAt: Date,
  timeZone: string,
) => `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>通话文字记录</title>
<style>
:root{color-scheme:light dark}
body{font:1.25rem/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
dt{font-weight:600;margin-top:.8em}dd{margin:0}time{font-weight:400;font-variant-numeric:tabular-nums}
</style></head>
<body>
<h1>通话文字记录</h1>
<p>${escaped(call)}，<time datetime="${startedAt.toISOString()}">${startedAt.toLocaleString('zh-CN', { timeZone })}</time></p>
<dl>
${lines
  .map(
    line =>
      `<dt><time>${time(line.startMs, '.').slice(0, 8)}</time> ${speakers[line.who]}${notes(line)}</dt><dd>${escaped(line.text)}</dd>`,
  )
  .join('\n')}
</dl>
</body>
</html>
`

function notes({ kind, fixes, unsure, voiced, unspoken }: CaptionLine): string {
  const all = [
    kind === 'typed' && '打字',
    voiced && '已念出',
    unspoken && '没有念出',
    unsure && '可能听错',
    fixes && '已更正',
  ].filter(Boolean)
  return all.length === 0 ? '' : `（${all.join('，')}）`
}
