import { digitOf } from './numerals.ts'
import { type FieldProposal, flat, isTakenBack, proposalAt } from './proposal.ts'

export type NumberNeeds = {
  /** Whether so many digits are the number of an order; without it none is read. */
  readonly isOrderNumber?: ((digits: string) => boolean) | undefined
}

/** Digits that stand together, and those that belong to the same number if it is spoken with pauses. */
type Group = {
  readonly digits: string
  readonly from: number
  readonly to: number
  readonly isPlain: boolean
}

const pause = /^[\s,，、.。\-—]{1,2}$/

/**
 * Numbers of telephones, orders and cars: whole, or nothing. A number that is taken back (不对, 说错了) is none.
 */
export function readNumbers(text: string, { isOrderNumber }: NumberNeeds = {}): readonly FieldProposal[] {
  const written = flat(text)
  const found: FieldProposal[] = []
  for (const run of runsIn(written))
    for (const { digits, from, to } of wholeIn(run, isOrderNumber)) {
      if (isNone(written, from, to)) continue
      const isOrder = isOrderNumber?.(digits) === true
      if (isOrder) found.push(proposalAt('order', digits, text, from, to))
      else if (
        isPhone(digits, written.slice(Math.max(0, from - 12), from)) &&
        isOwn(written, from) &&
        !ofAnother.test(written.slice(0, from))
      )
        found.push(proposalAt('phone', digits, text, from, to))
    }
  return [...found, ...platesIn(text, written)]
}

/** Runs of groups of digits with nothing but pauses between them. */
function runsIn(text: string): readonly (readonly Group[])[] {
  const runs: Group[][] = []
  for (const match of text.matchAll(/[\d零〇一幺二三四五六七八九]+/g)) {
    const from = match.index
    const to = from + match[0].length
    const group = {
      digits: [...match[0]].map(digitOf).join(''),
      from,
      to,
      isPlain: isApart(text, from, to),
    }
    const last = runs.at(-1)?.at(-1)
    if (last && pause.test(text.slice(last.to, from))) runs.at(-1)!.push(group)
    else runs.push([group])
  }
  return runs
}

/** No letter or further figure is glued to it: of a longer number or a price no part is a telephone. */
function isApart(text: string, from: number, to: number): boolean {
  const before = text[from - 1] ?? ''
  const after = text[to] ?? ''
  return !/[A-Z十百千万亿点两]/.test(before) && !/[A-Z十百千万亿点两元块%°℃号楼室栋]/.test(after)
}

function wholeIn(run: readonly Group[], isOrderNumber?: (digits: string) => boolean) {
  const isWhole = (digits: string, parts: number) =>
    isOrderNumber?.(digits) === true ||
    mobile.test(digits) ||
    (parts <= 3 && /^(0\d|400|800)/.test(digits) && isFull(digits))
  const found: Group[] = []
  for (let from = 0; from < run.length; from++) {
    // The longest that is whole: 010, 8888 6666.
    for (let to = Math.min(run.length, from + 11); to > from; to--) {
      const groups = run.slice(from, to)
      const digits = groups.map(group => group.digits).join('')
      const isAlone = groups.length === 1
      if (groups.some(group => !group.isPlain)) continue
      if (!isWhole(digits, groups.length) && !(isAlone && /^[2-8]\d{7}$/.test(digits))) continue
      // Said in pieces, it may go on: what comes after it or before it must not be more of it.
      if (!isAlone && (from > 0 || to < run.length)) continue
      found.push({ ...groups[0]!, digits, to: groups.at(-1)!.to })
      from = to - 1
      break
    }
  }
  return found
}

const mobile = /^(86)?1[3-9]\d{9}$/
const isFull = (digits: string) => /^0(10|2\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$|^[48]00\d{7}$/.test(digits)

/** Eight digits are a telephone only where one is spoken of. */
const isPhone = (digits: string, before: string) =>
  mobile.test(digits) || isFull(digits) || /电话|座机|号码|打给|联系/.test(before)

/** 有个人让我转账，号码是…: a number that is told of is not the one at which the caller is reached. */
const ofOthers =
  /骗|诈|陌生|骚扰|推销|对方|商家|老板|(他|她|店|公司|中介|快递员|司机)(们)?的?(电话|号码|手机)|打来|打过来|来电是|(他|她|人家|广告|上面?)(们)?(上)?(印|贴|写|留)着/
/** 有电话吗: what the agent then tells is repeated. */
const isAskedFor = /(有|给)(我)?(个)?(电话|号码|联系方式)(吗|么|没有)|(电话|号码)(是)?多少/

const isOwn = (text: string, from: number) => {
  const before = text.slice(Math.max(0, from - 60), from)
  return (
    /我(的)?(电话|手机|座机|号码|号)|(您|你们?)打给我/.test(before) ||
    !(ofOthers.test(before) || isAskedFor.test(before))
  )
}

/** 户号四零零二…: a number of something else. */
const ofAnother = /(户|卡|账|帐|单|编|证|学|工|房|车)号码?(是|为|：|:)?\s*$|(身份证|表号)(号码?)?(是|为)?\s*$/

const isNone = (text: string, from: number, to: number) =>
  isTakenBack(text, to) ||
  /^[\s,，。、啊呃嗯哦]{0,3}(吗|么|不对|错了|说错|不是|打不通)/.test(text.slice(to)) ||
  /(不是|别打|不要打)[^,，。]{0,3}$/.test(text.slice(0, from))

const plate =
  /([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])\s?([A-HJ-NP-Z])[\s·.,，-]?((?:[A-HJ-NP-Z\d零〇一幺二三四五六七八九][\s-]?){5,8})/g

function platesIn(text: string, written: string): readonly FieldProposal[] {
  return [...written.matchAll(plate)].flatMap(match => {
    const rest = match[3]!.replace(/[\s-]+$/, '')
    const number = [...rest.replaceAll(/[\s-]/g, '')].map(one => digitOf(one) ?? one).join('')
    const to = match.index + match[0].length - (match[3]!.length - rest.length)
    const isWhole = number.length === 5 || (number.length === 6 && /^[A-K]|[A-K]$/.test(number))
    if (!isWhole || /\d/.test(number) === false || /[A-Z\d零〇一幺二三四五六七八九]/.test(written[to] ?? ''))
      return []
    return isNone(written, match.index, to)
      ? []
      : [proposalAt('plate', `${match[1]}${match[2]}${number}`, text, match.index, to)]
  })
}
