import { flat } from '../triage/index.ts'
import { digitsIn } from './words.ts'

/** What a text was before somebody else may read it, and how its own words come back. */
export type Masked = {
  readonly texts: readonly string[]
  /** Puts back what was taken out; a placeholder that was never given stays as it is. */
  restore(text: string): string
  /** What one placeholder stands for, where the text is that and nothing else. */
  single(text: string): { readonly kind: MaskKind; readonly words: string } | undefined
}

const kinds = ['姓名', '电话', '证件', '卡号', '单号', '车牌', '邮箱', '号码', '原文'] as const
export type MaskKind = (typeof kinds)[number]

const placeholder = new RegExp(`\\[(${kinds.join('|')})(\\d+)\\]`, 'g')
/** What people put between the digits of a number, a pause between two lines of captions included. */
const pause = '(?:[\\s,，、。.·•()\\-—–/:：]|嗯|啊|呃|哦|那个|然后|再){0,5}'
const digit = '[\\d零〇一幺二三四五六七八九两]'
const provinces = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新使领'
const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const doubled = '欧阳|司马|上官|诸葛|皇甫|司徒|令狐|慕容|东方|尉迟|夏侯'
const titles =
  '先生|女士|小姐|师傅|阿姨|大爷|大妈|大姐|大哥|奶奶|爷爷|叔叔|同志|老师|医生|大夫|经理|主任|律师'

type Span = { readonly from: number; readonly to: number; readonly kind: MaskKind }
type Pattern = { readonly kind: MaskKind; readonly is: RegExp }

/** The last group is what is masked. On texts of one width and case. */
const patterns: readonly Pattern[] = [
  { kind: '邮箱', is: /([A-Z0-9._%+-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)*)/g },
  {
    kind: '车牌',
    is: new RegExp(`([${provinces}]${pause}[A-Z](?:${pause}(?:[A-Z]|${digit})){5,6})`, 'g'),
  },
  { kind: '号码', is: new RegExp(`([A-Z]{0,3}${digit}(?:${pause}${digit}){4,}X?)`, 'g') },
  // A number of letters and digits: a passport, an account.
  { kind: '号码', is: /((?=[A-Z_-]*\d[A-Z_-]*\d)[A-Z0-9_-]{6,})/g },
  {
    kind: '号码',
    is: new RegExp(`(?:尾号|[后末][三四]位)(?:数?[是为])?(${digit}(?:${pause}${digit}){2,3})`, 'g'),
  },
  {
    kind: '姓名',
    is: new RegExp(
      `(?:我叫|名叫|姓名[是叫]?|名字[是叫])((?:${doubled})\\p{Script=Han}{1,2}|(?![了过他她它你您人车的不一救物保警])\\p{Script=Han}{2,3})`,
      'gu',
    ),
  },
  { kind: '姓名', is: new RegExp(`(?:我姓|免贵姓|姓氏是)(${doubled}|\\p{Script=Han})`, 'gu') },
  { kind: '姓名', is: new RegExp(`(${doubled}|[${surnames}])(?=${titles})`, 'g') },
]

const isMobile = (words: string) => /^1\d{10}$/.test(digitsIn(words))

/** Which number it is; `号码` for one that is none of these, or a part of one. */
function kindOf(words: string, isOrderNumber: (digits: string) => boolean): MaskKind {
  const spoken = words.replaceAll(/[^\dA-Z零〇一幺二三四五六七八九]/g, '')
  if (/^\d{17}[\dX]$/.test(spoken)) return '证件'
  if (isOrderNumber(spoken)) return '单号'
  const { length } = spoken
  if (length === 11 && /^[1一幺0零〇]/.test(spoken)) return '电话'
  if (length === 18) return '证件'
  if (length >= 15 && length <= 19) return '卡号'
  return length === 7 || length === 8 || length === 12 ? '电话' : '号码'
}

/** What stands for what: the same words of one kind have one placeholder. */
function createPlaceholders() {
  const given = new Map<string, string>()
  const originals = new Map<string, { readonly kind: MaskKind; readonly words: string }>()
  const counts = new Map<MaskKind, number>()
  return {
    hide(kind: MaskKind, words: string): string {
      const known = given.get(`${kind}|${words}`)
      if (known !== undefined) return known
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      const made = `[${kind}${count}]`
      given.set(`${kind}|${words}`, made)
      originals.set(made, { kind, words })
      return made
    },
    restore: (text: string) => text.replaceAll(placeholder, found => originals.get(found)?.words ?? found),
    single: (text: string) => originals.get(text.trim()),
  }
}

/**
 * Takes numbers of people, plates, addresses of mail and names out of texts that go to a language model. Numbers that are
 * said with pauses are found across the lines of captions. Rather too much is taken than too little: it all comes back.
 * @param texts lines in the order in which they were said
 */
export function mask(
  texts: readonly string[],
  {
    names = [],
    isOrderNumber = () => false,
  }: {
    readonly names?: readonly string[]
    readonly isOrderNumber?: ((digits: string) => boolean) | undefined
  } = {},
): Masked {
  const { hide, restore, single } = createPlaceholders()
  /** A line stays a line: of what runs over two of them each part has a placeholder of its own. */
  const hidden = (words: string, kind: MaskKind) => {
    const parts = words.split('\n')
    const isWhole = parts.length === 1
    const kindOfPart = (part: string): MaskKind => {
      if (kind === '姓名' || (isWhole && kind !== '号码')) return kind
      const own = kindOf(flat(part), isOrderNumber)
      return isWhole || own !== '电话' || isMobile(part) ? own : '号码'
    }
    return parts.map(part => (part === '' ? '' : hide(kindOfPart(part), part))).join('\n')
  }
  const all = texts.join('\n')
  let masked = ''
  let at = 0
  for (const { from, to, kind } of spansIn(all, names)) {
    masked += all.slice(at, from) + hidden(all.slice(from, to), kind)
    at = to
  }
  masked += all.slice(at)
  // A text may hold line breaks of its own: it is cut where it was joined.
  const lines = masked.split('\n')
  const parts = texts.map(text => lines.splice(0, text.split('\n').length).join('\n'))
  return { texts: parts, restore, single }
}

/** What is to be masked, in order, nothing twice. */
function spansIn(all: string, names: readonly string[]): readonly Span[] {
  const found: Span[] = [...all.matchAll(placeholder)].map(({ index, 0: words }) => ({
    from: index,
    to: index + words.length,
    kind: '原文',
  }))
  const written = flat(all)
  for (const { kind, is } of patterns)
    for (const match of written.matchAll(is)) {
      const words = match[1] ?? ''
      const from = match.index + match[0].indexOf(words, match[0].length - words.length)
      found.push({ from, to: from + words.length, kind })
    }
  for (const name of names.map(flat).filter(name => [...name].length > 1))
    for (let from = written.indexOf(name); from >= 0; from = written.indexOf(name, from + name.length))
      found.push({ from, to: from + name.length, kind: '姓名' })
  const spans: Span[] = []
  for (const one of found.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = spans.at(-1)
    if (last && one.from < last.to) {
      if (one.to > last.to) spans[spans.length - 1] = { ...last, to: one.to }
    } else spans.push(one)
  }
  return spans
}
