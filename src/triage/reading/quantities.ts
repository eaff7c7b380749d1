import { numberIn, numeral } from './numerals.ts'
import { clauseAround, type FieldProposal, flat, isTakenBack, proposalAt } from './proposal.ts'

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

/** 一小时十五块: what it costs of each. */
const ofEach = /(一|每)(个?小时|次|天|晚|个?月|年|斤|份|张|平米?|度|吨|位|人)$/
const paid = /花|交|收|罚|扣|退|欠|赔|付|价|卖|买|费|金|涨|充|给|挣|工资|元|钱|租|要|加|补|便宜|贵/

/** 欠一万八, 赔了三千: a sum without its unit, where what is done with money is said right before and nothing comes after. */
const bare = new RegExp(
  `(?<=(?:欠|赔|罚款?|退|交|花|押金|房租|工资|损失|加价|充|还剩|剩|扣|少发|多收|转走?|骗走?|卡里(?:还)?有|吃|给|修车得|要花|[一每](?:套|次|张|件|个|台|份))(?:了|他|她|我们?|掉)*)(${numeral})(多)?(?=[,，。！？；、\\s]|$|当|不退|没退|不还|没给)`,
  'g',
)

function readBare(text: string, written: string): readonly FieldProposal[] {
  return [...written.matchAll(bare)].flatMap(match => {
    const [whole, figure = '', more] = match
    const to = match.index + whole.length
    const value = numberIn(figure)
    if (value === undefined || !/[百千万]/.test(figure) || isTakenBack(written, to)) return []
    return [proposalAt('amount', `${value}${more ?? ''}元`, text, match.index, to)]
  })
}

/** Sums of money, in yuan: `3500元`, `20000多元`. */
export function readAmounts(text: string): readonly FieldProposal[] {
  const written = flat(text)
  return [...readBare(text, written), ...readMoney(text, written)]
}

function readMoney(text: string, written: string): readonly FieldProposal[] {
  return [...written.matchAll(money)].flatMap(match => {
    const [whole, figure = '', some, times, unit = '', over, tenths] = match
    const more = some ?? over
    const to = match.index + whole.length
    const [before, after] = [written.slice(0, match.index), written.slice(to)]
    if (isPart(before) || goesOn(after) || isTakenBack(written, to)) return []
    // 丢了五块: batteries, as well.
    if (
      unit === '块' &&
      tenths === undefined &&
      over === undefined &&
      !/^(钱|一|每|[/])/.test(after) &&
      !ofEach.test(before) &&
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
const warmth = /温|暖|热|冷|冻|烧|屋里|家里|室内|房间|卧室|客厅|空调|供|才|冰箱|测|量/
/** 不是说十八度才算合格吗: what it should be. */
const asShould = /标准|规定|要求|应该|应当|不低于|低于|不到|达到|达不到|不够|起码|至少|不是说|合格/
const shouldBe = /^(以上|以下|左右)?(才|就)?(算|是)?(合格|达标|标准|正常|够)/
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
      asShould.test(before) ||
      shouldBe.test(after) ||
      isTakenBack(written, to) ||
      /用了?$|电表|度数|近视|走了?$|米$/.test(before)
    if (value === undefined || value > 100 || !isWarmth || isOther) return []
    return [
      proposalAt('temperature', `${below ? '-' : ''}${value}${more ? '多' : ''}℃`, text, match.index, to),
    ]
  })
}
