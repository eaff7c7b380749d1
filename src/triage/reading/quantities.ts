import { numberIn, numeral } from './numerals.ts'
import { clauseAround, type FieldProposal, flat, proposalAt } from './proposal.ts'

/** What stands before a figure so that it is no whole one: an order of things, some hundreds, the end of a span. */
const isPart = (before: string) =>
  /[几数第\d.A-Z零〇一二两三四五六七八九十百千万亿点]$|(?<![涨调升降减加提收])[到至]$|[~—-]$/.test(before)
const goesOn = (after: string) => /^(到|至|~|—|-)[\d一二两三四五六七八九十]/.test(after)

// 三元桥, 单元, 一块地, 三块砖: no money.
const money = new RegExp(
  `(${numeral})(多|来|余)?([千万亿])?(元钱?|块钱|块)(多(?:钱)?)?(?![桥里街西店庄旦宵素首件区])(?:([一二三四五六七八九\\d])(?:毛钱?|角)?(?=[钱,，。！？；、\\s了的每]|一[度斤平吨]|$))?`,
  'g',
)
const pieces =
  /^(钱|了|多|的|左右|以上|还|就|也|都|每|一(个|平|度|吨|方|年|月|天|次|张|位|人|套|件|份|瓶|晚|节|公?斤|小时)|[,，。！？!?;；、\s]|$)/

const paid = /花|交|收|罚|扣|退|欠|赔|付|价|卖|买|费|金|涨|充|给|挣|工资|元|钱|租|要|加|补|便宜|贵/

/** Sums of money, in yuan: `3500元`, `20000多元`. */
export function readAmounts(text: string): readonly FieldProposal[] {
  const written = flat(text)
  return [...written.matchAll(money)].flatMap(match => {
    const [whole, figure = '', some, times, unit = '', over, tenths] = match
    const more = some ?? over
    const to = match.index + whole.length
    const [before, after] = [written.slice(0, match.index), written.slice(to)]
    if (isPart(before) || goesOn(after)) return []
    // 丢了五块: batteries, as well.
    if (
      unit === '块' &&
      tenths === undefined &&
      over === undefined &&
      !/^(钱|一|每|[/])/.test(after) &&
      !paid.test(clauseAround(written, match.index, to).before)
    )
      return []
    if (
      unit === '块' &&
      tenths === undefined &&
      over === undefined &&
      (!pieces.test(after) || figure === '一')
    )
      return []
    const value = numberIn(figure + (times ?? '')) ?? scaled(figure, times)
    if (value === undefined || value === 0) return []
    const yuan = Math.round((value + (tenths ? (numberIn(tenths) ?? 0) / 10 : 0)) * 100) / 100
    return [proposalAt('amount', `${yuan}${more ? '多' : ''}元`, text, match.index, to)]
  })
}

const scaled = (figure: string, times: string | undefined) => {
  const value = numberIn(figure)
  const scale = { 千: 1000, 万: 1e4, 亿: 1e8 }[times ?? '']
  return value === undefined || scale === undefined ? undefined : value * scale
}

const degrees = new RegExp(
  `(零下|负)?(${numeral})(多)?(摄氏度|度|℃|°C)(?:(半)|([一二三四五六七八九])(?=[,，。！？；、\\s]|$))?`,
  'g',
)
/** Where degrees are of warmth, and not of electricity, of an angle or of years. */
const warmth = /温|暖|热|冷|冻|烧|屋里|家里|室内|房间|卧室|客厅|空调|供|才|冰箱/
const otherDegrees = /^(电|角|春|空间|评|近视|以内的?角)/

/** Degrees Celsius: `14℃`, `-5℃`. */
export function readTemperatures(text: string): readonly FieldProposal[] {
  const written = flat(text)
  return [...written.matchAll(degrees)].flatMap(match => {
    const [whole, below, figure = '', more, unit, half, tenths] = match
    const to = match.index + whole.length
    const { before, after } = clauseAround(written, match.index, to)
    const said = numberIn(figure)
    const part = half ? 0.5 : (numberIn(tenths ?? '') ?? 0) / 10
    const value = said === undefined ? undefined : Math.round((said + part) * 10) / 10
    const isWarmth =
      unit !== '度' ||
      below !== undefined ||
      warmth.test(before) ||
      warmth.test(after.slice(0, 6)) ||
      warmth.test(written.slice(Math.max(0, match.index - 20), match.index))
    const isOther =
      isPart(before) ||
      goesOn(after) ||
      otherDegrees.test(after) ||
      /用了?$|电表|度数|近视|走了?$|米$/.test(before)
    if (value === undefined || value > 100 || !isWarmth || isOther) return []
    return [
      proposalAt('temperature', `${below ? '-' : ''}${value}${more ? '多' : ''}℃`, text, match.index, to),
    ]
  })
}
