import { type FieldProposal, flat, proposalAt } from './proposal.ts'

const figure = '(?:\\d+|[零〇一幺二三四五六七八九十百]+)'
/** 3号楼2单元501: which flat, said without its 室. What counts something, and what is longer, is none. */
const door = '(?<=楼|栋|幢|单元|层)-?(?:\\d{3,4}|[零〇一幺二三四五六七八九]{3,4})'
const counted =
  '(?![\\d零〇一幺二三四五六七八九十百千万多几来余]|[户家人口个天年月日点时分元块度次层级平米斤号栋幢楼]|单元|小时|左右)'
/** 312楼, 四零八楼: so many figures are the name of a house, and no floor of one. */
const block = '(?:\\d{3,4}|[零〇一二三四五六七八九]{3,4}|[一二三四五六七八九]百[零一二三四五六七八九十]*)楼'
const houses = `(?:${figure}(?:号楼|号院|栋|幢|单元|层|室|号)|${block}){1,4}(?:${door}${counted})?`
/** What goes before a name, and is none of it. */
const lead =
  '(?<=^|[,.。、!?;:：！？；\\s]|住在|住|在|位于|到|叫|是|的|区|街道|镇|乡|我们|咱们|我家|地址|这边|附近)'
/** A character of a name: none that speaks of whose, which or how many it is. */
const letter =
  '(?:(?!街道|地区|小区)(?![我你他她它咱这那整某哪全本各个的了有是在到住从很每几区县])\\p{Script=Han})'
const estates = '花园|家园|嘉园|佳园|雅园|庄园|佳苑|嘉苑|雅苑|公寓|大厦|新村|新城'
/** What ends so may be anything: 骑进小区, 走五里路. A house follows it, or a word of place goes before it. */
const others =
  '小区|苑(?![里外])|里(?=\\d|[一二三四五六七八九]百|[零〇一二三四五六七八九]{3}楼)|(?:[东西南北中]|[一二三四五六七八九十]{1,2}|[A-Z])[里区](?![面头边地路多外])'
const placed = '(?<=住在|住|在|位于|是|叫|我家|地址|(?:区|街道|镇|乡)[,，、]?)'
const roads = '路|大街|街|胡同|巷|条'
const name = `${letter}{2,6}?`
const named = new RegExp(
  [
    `${lead}${name}(?:${estates})(?:${houses})?`,
    `${lead}${name}(?:${others})${houses}`,
    `${placed}${name}(?:${others})`,
    `${lead}${name}(?:${roads})${houses}`,
  ].join('|'),
  'gu',
)
/** 老旧小区, 隔壁小区: any, and no name of one. */
const anyOne =
  /^(今天|昨天|前天|夜里|晚上|早上|中午|下午|现在|最近|每天|周末)|开始|夜里|晚上|^(人才|回迁|老旧|高档|封闭|相邻|隔壁|附近|旁边|对面|同一|多层|高层|居民|住宅|别墅|商品房|安置|拆迁|许多|所有|好多|其他|其它|别的|一些|有些|部分|前后|左右|学生|老年|单身|青年|职工)/
const house = new RegExp(houses, 'g')

/** Compounds, roads with a number, and houses: as they were said, nothing put to them. Two at most. */
export function readAddresses(text: string): readonly FieldProposal[] {
  const written = flat(text)
  const places = [...written.matchAll(named)].filter(([words]) => !anyOne.test(words))
  const isInside = (at: number) => places.some(one => at >= one.index && at < one.index + one[0].length)
  const bare = [...written.matchAll(house)].filter(
    one =>
      /楼|院|栋|幢|单元/.test(one[0]) &&
      !isInside(one.index) &&
      !(/^一(栋|幢|单元|层)/.test(one[0]) && /[这那整每哪同全有]$/.test(written.slice(0, one.index))),
  )
  return [...places, ...bare]
    .toSorted((one, other) => one.index - other.index)
    .slice(0, 2)
    .map(one => proposalAt('place', one[0], text, one.index, one.index + one[0].length))
}
