import type { Catalogue, CatalogueObject } from '../../src/catalogue/index.ts'

const object = (name: string, words: readonly string[], says: readonly string[]): CatalogueObject => ({
  name,
  code: '010101',
  class: '城市',
  group: '公用',
  units: ['城管'],
  tag: '',
  category: 'other',
  elder: false,
  words,
  says,
  not: [],
  form: [],
  kinds: [{ code: `01010101${name.length}`, name: '其他', object: name, urgency: 'general' }],
})

/** A few kinds that are nothing alike. */
export function smallCatalogue(): Catalogue {
  const objects = [
    object('供暖', ['暖气', '暖气片'], ['我家暖气不热']),
    object('路灯', ['灯杆', '照明'], ['路灯不亮，天黑看不见']),
    object('停水', ['自来水', '没水'], ['家里停水了']),
    object('噪音', ['施工', '扰民'], ['半夜施工太吵']),
    object('垃圾', ['垃圾桶', '清运'], ['垃圾桶满了没人收']),
  ]
  return {
    objects: new Map(objects.map(one => [one.name, one])),
    kinds: new Map(objects.flatMap(({ kinds }) => kinds.map(kind => [kind.code, kind]))),
    units: new Map(),
    instead: {},
    former: new Map(),
  }
}
