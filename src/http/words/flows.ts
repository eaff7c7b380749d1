import type { CallerPlace } from '../contract.ts'
import { both, type Words } from './words.ts'

/** Names of the shipped flows and their states; others keep their authors' names. */
const flows: Readonly<Record<string, Words>> = {
  hotline: both('热线', 'Hotline'),
  elder: both('长者', 'Elder'),
  survey: both('回访', 'Survey'),
  'after-hours': both('非工作时间', 'After hours'),
}
const states: Readonly<Record<string, Words>> = {
  who: both('判断来电人', 'Who rings'),
  greeting: both('问候', 'Greeting'),
  'to-elder': both('转长者流程', 'To the elder flow'),
  language: both('选择语言', 'Language'),
  known: both('告知突发情况', 'Known incidents'),
  queue: both('排队', 'Queue'),
  captions: both('打开字幕', 'Captions'),
  'captions-link': both('发送字幕链接', 'Link to the captions'),
  busy: both('坐席全忙', 'All are busy'),
  'full-queue': both('排队已满', 'The queue is full'),
  'busy-unknown': both('全忙，号码未知', 'All are busy, no number'),
  'away-unknown': both('无人值班，号码未知', 'Nobody is there, no number'),
  turn: both('按次序回电', 'Callback in turn'),
  'turn-phone': both('输入回电号码', 'Number for it'),
  'in-turn': both('登记回电', 'Callback is owed'),
  word: both('留言', 'Message'),
  phone: both('确认回电号码', 'Number to ring back'),
  demand: both('登记诉求', 'Demand'),
  'other-phone': both('另留号码', 'Another number'),
  order: both('输入工单号', 'Number of an order'),
  progress: both('播报进度', 'Progress'),
  'no-order': both('没有该工单', 'No such order'),
  more: both('还有其他事', 'Anything else'),
  thanks: both('致谢', 'Thanks'),
  goodbye: both('道别', 'Goodbye'),
  sorry: both('致歉', 'Apology'),
  open: both('是否工作时间', 'Opening hours'),
  day: both('转白天流程', 'To the day flow'),
  danger: both('紧急情况', 'Danger'),
  police: both('转 110', 'To 110'),
  fire: both('转 119', 'To 119'),
  ambulance: both('转 120', 'To 120'),
  duty: both('转值班', 'To who is on duty'),
  away: both('无人值守', 'Nobody is here'),
  intro: both('开场', 'Opening'),
  'intro-again': both('再次开场', 'Opening again'),
  contacted: both('是否联系', 'Contacted?'),
  'contacted-again': both('再问是否联系', 'Contacted? again'),
  solved: both('是否解决', 'Solved?'),
  'solved-again': both('再问是否解决', 'Solved? again'),
  satisfied: both('是否满意', 'Satisfied?'),
  'satisfied-again': both('再问是否满意', 'Satisfied? again'),
  judge: both('判断评价', 'Judging the rating'),
  reason: both('说明原因', 'Why'),
  confirm: both('确认', 'Confirming'),
  link: both('发送评价链接', 'Link to rate'),
  'link-sent': both('链接已发送', 'Link sent'),
  'no-answer': both('没有回答', 'No answer'),
  'opt-out': both('不再回访', 'Wants no more'),
}

/** The `reason` of a flow's `queue` verb: why a caller wants a person. */
const reasons: Readonly<Record<string, Words>> = {
  hotline: both('热线 · 转人工', 'Hotline · to a person'),
  elder: both('长者服务 · 转人工', 'Service for elders · to a person'),
  'after-hours': both('非工作时间 · 转人工', 'After hours · to a person'),
  survey: both('回访 · 转人工', 'Survey · to a person'),
  rescue: both('系统故障 · 直接转来', 'Sent here by a failure'),
  callback: both('回拨', 'Callback'),
}

const named = (all: Readonly<Record<string, Words>>, id: string): Words => all[id] ?? both(id, id)
export const flowName = (id: string): Words => named(flows, id)
/** A flow that another goes on into is drawn there as a state. */
export const stateName = (id: string): Words => named(states[id] ? states : flows, id)
export const queueReason = (id: string): Words => named(reasons, id)

const places: Readonly<Record<Exclude<CallerPlace['at'], 'flow'>, Words>> = {
  ringing: both('振铃', 'ringing'),
  queue: both('排队', 'waiting'),
  offered: both('坐席振铃', 'a seat rings'),
  talking: both('与人工通话', 'talking'),
  held: both('保持', 'on hold'),
  outside: both('已转外线', 'handed over'),
}
/** Where a caller is. */
export function placeName(place: CallerPlace): Words {
  if (place.at !== 'flow') return places[place.at]
  const [flow, state] = [flowName(place.flow), stateName(place.state)]
  return both(`${flow['zh-CN']} · ${state['zh-CN']}`, `${flow.en} · ${state.en}`)
}
