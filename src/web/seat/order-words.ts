import * as shared from '../../http/words/orders.ts'
import { cityTime } from '../city.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

/** All that the order form of a seat says. */
export const orderWords = {
  title: both('工单', 'Order'),
  needed: both('（必填）', ' (needed)'),
  type: both('诉求类型', 'What kind of request'),
  matter: both('诉求内容', 'What it is about'),
  kind: both('事项', 'Kind of matter'),
  kindHint: both('输入事项、对象或市民说法查找', 'Search by kind, object or what citizens call it'),
  noKind: both('没有找到，请换个说法', 'Nothing is called so'),
  name: both('姓名', 'Name'),
  district: both('区', 'District'),
  anyDistrict: both('请选择', 'Choose one'),
  street: both('街道（乡镇）', 'Street or town'),
  noStreet: both('列表里没有，可以直接填写', 'Not in the list: write it as it is'),
  streetHint: both('汉字、拼音首字母（wj）或社区名', 'Characters, first letters (wj) or a community'),
  place: both('具体地点', 'Where exactly'),
  urgency: both('紧急程度', 'Urgency'),
  urgencyOfKind: both('按事项', 'As the kind has it'),
  contact: both('回复方式', 'How to answer them'),
  number: both('回复号码', 'Number to answer at'),
  numberHint: both('与来电号码不同时填写', 'Where it is not the number that rang'),
  askNumber: both('来电没有号码：请询问回复号码', 'This call has no number: ask for one to answer at'),
  elder: both('老年人', 'An old caller'),
  elderKnown: both('已标为老年人', 'Marked as an old caller'),
  markElder: both(
    '把此号码标为老年人（下次来电走长者专线）',
    'Mark this number: its next call goes the elders’ way',
  ),
  unmarkElder: both('取消老年人标记', 'Take the mark of an old caller away'),
  attach: both('添加附件', 'Attach files'),
  attaching: both('正在上传…', 'Uploading…'),
  detach: (name: string) => both(`去掉 ${name}`, `Leave out ${name}`),
  notAttached: (name: string, why: string) =>
    both(`附件 ${name} 没有传上：${why}`, `${name} was not attached: ${why}`),
  speaks: both('来电人说', 'They speak'),
  notMarked: both('没有保存成功，请再试', 'Not saved; try again'),
  openOfKind: (number: string) =>
    both(
      `此人已有同一事项的在办工单 ${number}，请先看是否同一件事`,
      `This caller has an open order ${number} of this kind: look whether it is the same`,
    ),
  openAlike: (number: string) =>
    both(
      `此人的在办工单 ${number} 说法相近，请先看是否同一件事`,
      `This caller has an open order ${number} told in like words: look whether it is the same`,
    ),
  addTo: (number: string) => both(`写进 ${number}，不另建`, `Write it into ${number} instead`),
  tellState: both('催问：已照此告知，不另建', 'Asked again: told this, make none'),
  stands: (stage: string, unit: string, dueAtMs: number | undefined) =>
    both(
      `请读给来电人：您的工单${unit === '' ? '' : `由${unit}承办，`}目前${stage}${dueAtMs === undefined ? '' : `，${cityTime(dueAtMs)}前办结`}。`,
      `To be read out: your order is ${unit === '' ? '' : `with ${unit}, `}${stage}${dueAtMs === undefined ? '' : `, to be closed by ${cityTime(dueAtMs)}`}.`,
    ),
  told: both('已告知进展', 'Told how it stands'),
  nearby: (count: number) =>
    both(
      `本街道可能同一件事的在办工单 ${count} 张`,
      `${count} open orders of this street may be about the same thing`,
    ),
  added: both('已写进', 'Written into'),
  confidential: both('保密（中心以外看不到当事人）', 'Confidential: no person is shown outside the centre'),
  anyway: both('与此人在办工单无关，另建一张', 'Another matter than this caller’s open orders'),
  atOnce: both('当场答复，直接办结', 'Answered at once: close it'),
  answer: both('答复内容', 'What was answered'),
  article: both('引用知识编号', 'Id of the knowledge entry'),
  send: both('提交并派单', 'Send the order'),
  sendClosed: both('提交并办结', 'Send and close'),
  sending: both('正在提交…', 'Sending…'),
  discard: both('放弃草稿', 'Give the draft up'),
  reallyDiscard: both('再点一次：放弃已写内容', 'Once more: give up what is written'),
  made: both('已提交', 'Sent'),
  madeClosed: both('已提交并办结', 'Sent and closed'),
  earlier: both('此人的工单', 'Orders of this caller'),
  noEarlier: both('没有以往工单', 'No earlier orders'),
  suggestions: both('可能的事项', 'What it may be'),
  noSuggestions: both('说到 30 字起给出建议', 'Suggestions come once 30 characters are said'),
  unsure: both('不确定：请再问一句', 'Not sure: ask one more question'),
  perhaps: both('也许', 'perhaps'),
  mine: both('用我写的', 'Take mine'),
  others: both('用对方写的', 'Take theirs'),
  noCall: both('没有来电：为来访、来信登记', 'No call: for somebody who came or wrote'),
  ringing: both('来电振铃：接听后为此来电填写', 'A call is ringing: once it is answered the form is for it'),
  ordersOfCall: (count: number) => both(`此通话的工单 ${count} 张`, `Orders of this call: ${count}`),
  another: both('再写一单', 'Write another'),
  heardBefore: (count: number) =>
    both(`上一单提交前听到的 ${count} 条`, `${count} heard before the last order was sent`),
  ownCalls: both('今天的通话', 'Calls of today'),
  noOwnCalls: both('今天还没有通话', 'No calls yet today'),
  withDraft: both('有草稿', 'draft'),
  here: both('正在填写', 'being written'),
  isSent: both('已提交', 'sent'),
  without: both('登记来访、来信', 'Somebody who came or wrote'),
  otherSaid: (by: string) =>
    both(`两处同时改了这一栏。${by} 写的是：`, `Written in two places at once. ${by} wrote: `),
  elsewhere: (by: string, fields: readonly string[]) =>
    both(`${by} 在另一页面改了：${fields.join('、')}`, `${by} changed on another page: ${fields.join(', ')}`),
  sure: (percent: number) => both(`把握 ${percent}%`, `${percent} % sure`),
  takes: (object: string, kind: string) => both(`${object}：${kind}`, `${object}: ${kind}`),
  why: (heard: readonly string[]) => both(`依据：${heard.join('、')}`, `Because of: ${heard.join(', ')}`),
  ask: (question: string, is: string) =>
    both(`追问：${question}（区别于${is}）`, `Ask: ${question} (or is it ${is})`),
  missing: (items: readonly string[]) =>
    both(`还要问清：${items.join('、')}`, `Still to ask: ${items.join(', ')}`),
  foreseen: (unit: string, dueAtMs: number) =>
    both(
      `派往 ${unit}，${cityTime(dueAtMs)} 前办结`,
      `Goes to ${unit}, to be closed by ${cityTime(dueAtMs)}`,
    ),
  waits: (dispatchByMs: number, dueAtMs: number) =>
    both(
      `交派单员，${cityTime(dispatchByMs)} 前派出，${cityTime(dueAtMs)} 前办结`,
      `Waits for a dispatcher, to be dispatched by ${cityTime(dispatchByMs)}, closed by ${cityTime(dueAtMs)}`,
    ),
  undecided: both('事项或单位拿不准，交派单员', 'Not sure what or whose it is: leave it to a dispatcher'),
  sign: (atMs: number) => both(`，${cityTime(atMs)} 前签收`, `, signed by ${cityTime(atMs)}`),
  feedback: (atMs: number) => both(`，${cityTime(atMs)} 前首次反馈`, `, first feedback by ${cityTime(atMs)}`),
  evidence: both('，办结须有佐证', ', closed with evidence'),
  /** What an agent tells a citizen of the unit, where the city has said it. */
  ofUnit: (line: string, hours: string) => {
    const known = [line, hours].filter(Boolean).join(' ')
    return known === '' ? '' : both(`；单位对外：${known}`, `; the unit: ${known}`)
  },
  noUnitYet: both('选好事项后显示承办单位和时限', 'The unit and the limit show once a kind is chosen'),
  keys: both(
    '快捷键：F7 到诉求内容，Alt+1/2/3 选建议，Ctrl+Enter 提交',
    'Keys: F7 to the matter, Alt+1/2/3 to a suggestion, Ctrl+Enter sends',
  ),
  heard: both('听到的内容', 'Heard'),
  heardKeys: both('F1 采用第一条，Shift+F1 不要', 'F1 takes the first, Shift+F1 drops it'),
  dropProposal: (field: string, value: string) => both(`不要 ${field}：${value}`, `Drop ${field}: ${value}`),
  toWords: (said: string) => both(`到字幕：${said}`, `To the captions: ${said}`),
  fromMatter: (said: string) => both(`来自诉求内容“${said}”`, `From what you wrote: “${said}”`),
  drafted: both('模型草拟', 'Drafted by the model'),
  assistantAsking: (host: string) => both(`正在请模型小结（${host}）…`, `The model sums it up (${host})…`),
  assistantAnswered: (count: number) =>
    both(`模型草拟了 ${count} 条，请核对后采用`, `The model drafted ${count}: check before you take them`),
  assistantDropped: (count: number) =>
    both(
      `；${count} 条与来电人原话对不上，已去掉`,
      `; ${count} did not stand in what was said and were dropped`,
    ),
  assistantNothing: both('模型没有给出结果，请照常填写', 'The model gave nothing: fill the form in as ever'),
  otherThere: both('表单里已有别的内容', 'The form says something else'),
  corrected: (field: string, value: string, said: string) =>
    both(
      `字幕已更正：“${said}”已不在字幕里，表单里仍是 ${field} ${value}`,
      `A caption was put right: “${said}” is gone, and the form still says ${field} ${value}`,
    ),
  toLine: both('看字幕', 'To the line'),
  understood: both('知道了', 'Understood'),
  emergency: both('险情', 'Emergency'),
  noEmergency: both('不是险情', 'None'),
  askIn: (number: string, name: string) => both(`请 ${number} ${name} 一起接听`, `Ask ${number} ${name} in`),
  askedIn: both('已请第三方', 'A third is asked in'),
  handOver: (number: string, name: string) =>
    both(`转接 ${number} ${name}`, `Hand over to ${number} ${name}`),
  handingOver: both('正在转接，对方听到音乐', 'Being handed over: the caller hears music'),
  callIsOver: (number: string) =>
    both(`来电人已挂断，请另行拨打 ${number}`, `The caller has hung up: ring ${number} yourself`),
  notListed: (number: string) =>
    both(
      `${number} 不在可转接号码里，请让来电人直接拨打`,
      `${number} is not listed: tell the caller to ring it`,
    ),
  states: {
    reading: both('正在读取草稿…', 'Reading the draft…'),
    blank: both('草稿自动保存', 'Saved as you type'),
    saving: both('正在保存…', 'Saving…'),
    saved: both('草稿已保存', 'Draft saved'),
    gone: both('草稿已在另一页面提交或放弃', 'Sent or given up on another page'),
    lost: both('草稿还没有存上，正在重试…', 'Not saved yet; trying again…'),
  },
} as const

export const typeWords = sayAll(shared.typeWords)
export const modeWords = sayAll(shared.modeWords)
export const urgencyWords = sayAll(shared.urgencyWords)
export const stageWords = sayAll(shared.stageWords)

const fieldWords = {
  district: { 'zh-CN': '区', en: 'District' },
  street: { 'zh-CN': '街道', en: 'Street' },
  place: { 'zh-CN': '地点', en: 'Place' },
  phone: { 'zh-CN': '电话', en: 'Phone' },
  order: { 'zh-CN': '原工单', en: 'Earlier order' },
  plate: { 'zh-CN': '车牌', en: 'Licence plate' },
  amount: { 'zh-CN': '金额', en: 'Amount' },
  temperature: { 'zh-CN': '温度', en: 'Temperature' },
  since: { 'zh-CN': '发生时间', en: 'Since' },
  often: { 'zh-CN': '频次', en: 'How often' },
  affected: { 'zh-CN': '涉及', en: 'Affected' },
  elder: { 'zh-CN': '老年人', en: 'Elder' },
  keyword: { 'zh-CN': '关键词', en: 'Keyword' },
  summary: { 'zh-CN': '通话小结', en: 'Summary' },
} as const
/** What is proposed, as people call it. */
export const proposedWords = sayAll(fieldWords)
/** As it is written into the matter: in the language of orders, whoever writes it. */
export const wordedProposal = (field: keyof typeof fieldWords, value: string): string =>
  field === 'keyword' || field === 'summary' ? value : `${fieldWords[field]['zh-CN']}：${value}`

const emergencies: Readonly<Record<string, string>> = {
  燃气泄漏: 'a gas leak',
  火情: 'a fire',
  有人被困: 'somebody is trapped',
  有人昏迷或重病: 'somebody is unconscious or very ill',
  有人要轻生: 'somebody wants to die',
  有人动手或持械: 'violence',
  有人走失: 'somebody is missing',
}
export const emergencyWords = (what: string) => both(what, emergencies[what] ?? what)
