import type { VoiceLanguage } from '../../speech/index.ts'

type Words = Readonly<Record<string, string>>

const verbsInChinese: Words = {
  say: '播报',
  menu: '菜单',
  ask: '输入号码',
  choose: '选择语言',
  branch: '判断',
  incidents: '告知突发情况',
  queue: '排队等人工',
  message: '留言',
  status: '查工单',
  rate: '评分',
  text: '发短信',
  captions: '字幕',
  transfer: '转接',
  goto: '转到流程',
  hangup: '挂断',
  flow: '另一个流程',
}

const labelsInChinese: Words = {
  else: '否则',
  failed: '没办成',
  'goes on in': '转到',
  language: '选好语言',
  'queue broken': '排队出错',
  'queue full': '队伍已满',
  'no answer': '没人接',
  number: '输完号码',
  rating: '评分后',
  recorded: '录好',
  said: '说完',
  told: '告知后',
  sent: '已发出',
  silence: '不按键',
  unknown: '查不到',
  'wrong key': '按错键',
  elder: '老年人',
  'not elder': '不是老年人',
  'not kept': '登记不下',
}

/** Values that flows collect and branch on, in Chinese. */
const valuesInChinese: Words = {
  caller: '来电号码',
  contacted: '是否联系',
  solved: '是否解决',
  rating: '评价',
  '-': '无',
  yes: '是',
  partly: '部分',
  no: '否',
}

export const verbWord = (verb: string, language: VoiceLanguage): string =>
  language === 'en' ? verb : (verbsInChinese[verb] ?? verb)

/** Translates the label of a way, which verbs give in English. */
export function labelWord(label: string, language: VoiceLanguage): string {
  if (language === 'en') return label
  const key = /^key (.)$/.exec(label)?.[1]
  if (key !== undefined) return `按 ${key}`
  return label.split(', ').map(conditionWord).join('，')
}

/** Translates one condition of a way, such as `rating: 4/5` from `describeCase` of the verb `branch`. */
function conditionWord(condition: string): string {
  const [, name = '', wanted] = /^([\w-]+): (.+)$/.exec(condition) ?? []
  if (wanted === undefined) return labelsInChinese[condition] ?? condition
  const word = (value: string) => valuesInChinese[value] ?? value
  return `${word(name)}：${wanted.split('/').map(word).join('、')}`
}
