/** Sentences that name a place of the city, in ways that callers do: made by chance, and the same for the same seed. */
import type { Gazetteer } from '../../src/city/index.ts'
import { createRandom } from '../../src/triage/index.ts'

export type PlaceSentence = {
  readonly text: string
  /** `district street`; undefined where none was said. */
  readonly place: string | undefined
}

const openings = [
  '你好，我在',
  '喂，我住在',
  '我这儿是',
  '我要反映一下，',
  '师傅你好，',
  '我们家在',
  '麻烦您记一下，',
  '',
]
const matters = [
  '家里没水了，从昨天晚上就停了',
  '路灯坏了好几天，晚上走路都看不见',
  '楼下饭店油烟太大，窗户都不敢开',
  '暖气一点都不热，屋里老人孩子受不了',
  '垃圾堆在门口没人收，味道特别大',
  '半夜还在施工，吵得睡不着觉',
  '物业不给修电梯，我们天天爬楼',
]
const homes = ['3号楼', '十二号楼二单元', '这边', '附近', '', '门口']

const short = (name: string) => name.replace(/(街道|地区|乡|镇|区|社区|村)$/, '')

/** @param names how many; a tenth of them name no street */
export function placeSentences(
  { districts }: Gazetteer,
  names: number,
  seed: number,
): readonly PlaceSentence[] {
  const random = createRandom(seed)
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const streets = Object.entries(districts).flatMap(([district, own]) =>
    Object.entries(own).map(([street, communities]) => ({ district, street, communities })),
  )
  const often = new Map<string, number>()
  for (const { communities } of streets)
    for (const one of communities) often.set(one, (often.get(one) ?? 0) + 1)
  const ofName = new Map<string, number>()
  for (const { street } of streets) ofName.set(short(street), (ofName.get(short(street)) ?? 0) + 1)
  const shortDistricts = new Set(Object.keys(districts).map(short))
  return Array.from({ length: names }, (): PlaceSentence => {
    const { district, street, communities } = oneOf(streets)
    const said = (where: string) => `${oneOf(openings)}${where}${oneOf(homes)}，${oneOf(matters)}`
    const place = `${district} ${street}`
    if (random() < 0.05) return { text: oneOf(matters), place: undefined }
    if (random() < 0.05) return { text: said(district), place: undefined }
    const community = communities.length > 0 ? oneOf(communities) : undefined
    const home =
      community && `${short(community).length >= 3 && random() < 0.5 ? short(community) : community}`
    const way = random()
    if (way < 0.35 && home) return { text: said(`${district}${street}${home}`), place }
    if (way < 0.55) return { text: said(`${district}${street}`), place }
    if (way < 0.7 && short(street).length >= 2 && !shortDistricts.has(short(street)))
      return { text: said(`${random() < 0.5 ? district : short(district)}${short(street)}`), place }
    if (way < 0.85 && community && home) return { text: said(`${district}${home}`), place }
    if (community && home && often.get(community) === 1 && community.length >= 5)
      return { text: said(home === community ? community : `${home}小区`), place }
    return { text: said(`${district}${street}`), place }
  })
}
