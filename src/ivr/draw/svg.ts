import type { VoiceLanguage } from '../../speech/index.ts'
import { defaultLanguage, type Flow } from '../flow.ts'
import { type Box, chartOf } from './chart.ts'
import { type Layout, layOut, type Point } from './layout.ts'
import { labelWord, verbWord } from './words.ts'

const boxSize = { width: 190, height: 82 }
const margin = 36
const headHeight = 64
const fontSize = 13
/** The width of a letter that is not Chinese, in ems. */
const letterEm = 0.55

/** Draws a flow as one SVG without scripts: its states, the ways between them with their keys, and where a person is. */
export function drawFlow(flow: Flow, language: VoiceLanguage): string {
  const { boxes, ways } = chartOf(flow)
  const layout = layOut(
    boxes.map(({ id }) => ({ id, ...boxSize })),
    ways,
  )
  const width = Math.ceil(Math.max(layout.width, 420) + 2 * margin)
  const height = Math.ceil(layout.height + headHeight + 2 * margin)
  const title = language === 'en' ? `Flow ${flow.name}` : `流程 ${flow.name}`
  const rule =
    language === 'en'
      ? `Key 0 leads to “${flow.person}”, a person, from every state, also while something is said.`
      : `任何状态下按 0，都到“${flow.person}”，由人工接听；正在播报时也一样。`
  const places = labelPlaces(ways, layout)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title rule" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" lang="${language}">`,
    `<title id="title">${safe(title)}</title>`,
    `<style>${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" class="tip"/></marker></defs>',
    `<rect width="${width}" height="${height}" class="paper"/>`,
    `<text x="${margin}" y="${margin}" class="title">${safe(title)}</text>`,
    `<text id="rule" x="${margin}" y="${margin + 24}" class="rule">${safe(rule)}</text>`,
    `<g transform="translate(${round((width - layout.width) / 2)} ${margin + headHeight})">`,
    ...layout.routes.map(route => `<path d="${curve(route)}" class="way" marker-end="url(#tip)"/>`),
    ...boxes.map(box => drawBox(box, layout.middles.get(box.id) ?? { x: 0, y: 0 }, language)),
    ...ways.map(({ labels }, index) => {
      const { x, y } = places[index] ?? { x: 0, y: 0 }
      const text = labels.map(label => labelWord(label, language)).join(language === 'en' ? ', ' : '、')
      return `<text x="${round(x)}" y="${round(y)}" class="label">${safe(fit(text, 150))}</text>`
    }),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

const style = [
  'text{font:13px system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif;fill:#1b1f24}',
  '.paper{fill:#fff}',
  '.title{font-size:20px;font-weight:600}',
  '.rule{font-size:14px}',
  '.box{fill:#f3f6fa;stroke:#57606a;stroke-width:1.2}',
  '.start{stroke-width:3}',
  '.person{fill:#d3f3dc;stroke:#116329;stroke-width:3}',
  '.end{fill:#f6f0e8}',
  '.other{fill:#fff;stroke-dasharray:5 4}',
  '.name{font-weight:600}',
  '.verb{fill:#4d5661;font-size:12px}',
  '.says{font-size:12px}',
  '.way{fill:none;stroke:#57606a;stroke-width:1.3}',
  '.tip{fill:#57606a}',
  '.label{text-anchor:middle;font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}',
].join('')

function drawBox({ name, kind, isStart, isPerson, says }: Box, at: Point, language: VoiceLanguage): string {
  const { width, height } = boxSize
  const left = round(at.x - width / 2)
  const top = round(at.y - height / 2)
  const classes = [
    'box',
    ...(isPerson ? ['person'] : isStart ? ['start'] : []),
    ...(kind === 'flow' ? ['other'] : kind === 'hangup' ? ['end'] : []),
  ]
  const said = says?.[language] ?? says?.[defaultLanguage] ?? ''
  const text = (row: number, kindOf: string, words: string) =>
    `<text x="${round(left + 10)}" y="${round(top + 20 + row * 18)}" class="${kindOf}">${safe(words)}</text>`
  return [
    `<g><title>${safe(said === '' ? name : `${name}: ${said}`)}</title>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="8" class="${classes.join(' ')}"/>`,
    text(0, 'name', fit(name, width - 20)),
    text(1, 'verb', verbWord(kind, language)),
    ...wrap(said, width - 20, 2).map((line, row) => text(row + 2, 'says', line)),
    '</g>',
  ].join('')
}

/** The positions of labels on their ways, staggered so that neighbouring labels do not collide. */
export function labelPlaces(ways: readonly { readonly from: string }[], layout: Layout): readonly Point[] {
  const order = labelOrder(ways, layout)
  return ways.map((_, index) => along(layout.routes[index] ?? [], 0.2 + 0.22 * ((order.get(index) ?? 0) % 3)))
}

/** The rank of each way among those out of the same state, from left to right. */
function labelOrder(
  ways: readonly { readonly from: string }[],
  { routes }: Layout,
): ReadonlyMap<number, number> {
  const xOf = (index: number) => routes[index]?.[0]?.x ?? 0
  const order = new Map<number, number>()
  for (const from of new Set(ways.map(way => way.from)))
    for (const [place, index] of ways
      .flatMap((way, at) => (way.from === from ? [at] : []))
      .sort((one, other) => xOf(one) - xOf(other))
      .entries())
      order.set(index, place)
  return order
}

/** A path that leaves and enters vertically, with S-curves between its bends. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let before = first
  const parts = rest.map(point => {
    const middle = (before.y + point.y) / 2
    const part = `C${round(before.x)} ${round(middle)} ${round(point.x)} ${round(middle)} ${round(point.x)} ${round(point.y)}`
    before = point
    return part
  })
  return `M${round(first.x)} ${round(first.y)}${parts.join('')}`
}

/** A point on the first segment of a curve. */
function along([from, to]: readonly Point[], share: number): Point {
  if (!from || !to) return { x: 0, y: 0 }
  const rest = 1 - share
  // A cubic Bézier whose control points lie at half the height.
  return {
    x: from.x * (rest ** 3 + 3 * rest ** 2 * share) + to.x * (share ** 3 + 3 * rest * share ** 2),
    y: from.y * (rest ** 3 + 1.5 * rest * share) + to.y * (share ** 3 + 1.5 * rest * share) + fontSize / 3,
  }
}

const isWide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u
const widthOf = (text: string, size = fontSize) =>
  [...text].reduce((sum, letter) => sum + (isWide.test(letter) ? 1 : letterEm) * size, 0)

function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  for (const letter of text) {
    if (widthOf(`${kept}${letter}…`) > width) break
    kept += letter
  }
  return `${kept}…`
}

function wrap(text: string, width: number, rows: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/[A-Za-z0-9{}'’.,-]+\s*|.[，。；：？！、）]*/gsu) ?? []) {
    if (widthOf(line + word.trimEnd(), 12) > width) {
      lines.push(line)
      line = ''
    }
    line += word
  }
  const all = [...lines, line].filter(one => one.trim() !== '')
  return all.length <= rows ? all : [...all.slice(0, rows - 1), fit(`${all.slice(rows - 1).join('')}`, width)]
}

const round = (value: number) => Math.round(value * 10) / 10

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string) => text.replace(/[&<>"]/g, letter => entities[letter] ?? letter)
