import { type PageRefusal, refusalOf } from '../../house/refusal.ts'
import { say } from '../../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const answerWords = {
  title: both('知识', 'Answers'),
  lookFor: both('查知识', 'Look up'),
  hint: both('不填就按市民说的查', 'By what is said while nothing stands here'),
  none: both('市民说到什么，能答的条目就显示在这里', 'What answers appears here as they speak'),
  nothing: both('知识库里没有答案，请登记工单', 'No entry answers this: make an order'),
  unsure: both('可能不是市民要问的，请核对', 'This may be beside the point'),
  example: both('示例', 'Example'),
  until: (day: string) => both(`有效到 ${day}`, `holds until ${day}`),
  readOut: both('播报', 'Read out'),
  stop: both('停止播报', 'Stop'),
  sms: both('发短信', 'Send as SMS'),
  cite: both('当场答复', 'Answer at once'),
  reading: (question: string) =>
    both(
      `正在播报“${question}”，市民暂时听不到您`,
      `Reading “${question}” out: they do not hear you meanwhile`,
    ),
  sent: (question: string) => both(`“${question}”已发短信`, `“${question}” was sent`),
  cited: (question: string) =>
    both(`“${question}”已填入工单，提交后办结`, `“${question}” is in the order: sending closes it`),
  draft: both('让模型起草答复', 'Have the model draft an answer'),
  drafting: (host: string) => both(`正在起草（${host}）…`, `Drafting (${host})…`),
  draftTitle: both('模型草拟，请核对后再用', 'Drafted by the model: check before you use it'),
  draftTo: (host: string) =>
    both(
      `问题和条目会发往 ${host}，号码和已知的姓名会隐去`,
      `The question and the entries go to ${host}; numbers and known names are masked`,
    ),
  draftNothing: both('模型没有给出可用的答复', 'The model gave no answer that can be used'),
  draftDropped: (count: number) =>
    both(`${count} 句在条目里查不到，已去掉`, `${count} sentences stand in no entry and were dropped`),
  draftAsked: (text: string) => both(`所问：“${text}”`, `Asked: “${text}”`),
  draftBasis: both('依据', 'From'),
  draftTake: both('填入工单，当场答复', 'Put into the order: answered at once'),
  keys: both(
    '快捷键：F3 查知识，上下键选条目，F6 播报或停止',
    'Keys: F3 to look up, up and down choose, F6 reads out or stops',
  ),
  refusal: (code: string): string => refusalOf(code, refusals),
}

/** An agent with a caller: what to do instead. */
const refusals: Readonly<Partial<Record<PageRefusal, string>>> = {
  'knowledge-not-current': both('这一条刚刚失效，不能再用', 'This is no longer valid'),
  'knowledge-no-number': both(
    '没有可发短信的号码：请问市民，填在“回复号码”里',
    'No number to send it to: ask for one, and write it into the form',
  ),
  'reach-refused': both('这个号码不能发短信', 'No text may be sent to this number'),
  'reach-too-often': both('今天发给这个号码的短信太多了', 'Too many texts to this number'),
  'speech-failed': both('没有播出来，请您念给市民', 'No voice: please read it yourself'),
}
