import type { CallRecord, CaptionLine, KnownName, RightsChange, Role, SeatView } from '../contract.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

/** Roles of members, states of seats, and speakers in transcripts. */
export const roleWords: All<Role> = {
  seat: both('坐席', 'Seat'),
  dispatcher: both('派单员', 'Dispatcher'),
  supervisor: both('班长', 'Supervisor'),
  unit: both('承办单位', 'Unit'),
  auditor: both('数据保护审计', 'Auditor'),
  admin: both('管理员', 'Admin'),
}
/** The name of a role; a role from an earlier version is shown as it is. */
export const roleSaid = (role: string): Words =>
  Object.entries(roleWords).find(([name]) => name === role)?.[1] ?? both(role, role)
export const rightsChangeWords: All<RightsChange['kind']> = {
  added: both('添加', 'Added'),
  changed: both('修改', 'Changed'),
  removed: both('删除', 'Removed'),
  'password-set': both('重设密码', 'Password set'),
  'removal-asked': both('申请移除第二步验证', 'Asked to remove second factors'),
  'factors-removed': both('移除第二步验证', 'Second factors removed'),
}
export const seatStateWords: All<SeatView['state']> = {
  'signed-out': both('已签出', 'Signed out'),
  away: both('示忙', 'Away'),
  offline: both('话机未接入', 'No phone'),
  ready: both('示闲', 'Ready'),
  offered: both('振铃', 'Ringing'),
  calling: both('呼出', 'Ringing out'),
  talking: both('通话中', 'Talking'),
  'wrap-up': both('话后处理', 'Wrapping up'),
  resting: both('暂停派线', 'Resting'),
  'set-aside': both('停止派线', 'Set aside'),
}
export const seatReasonWords: All<NonNullable<SeatView['reason']>> = {
  busy: both('示忙', 'Away'),
  rest: both('小休', 'Short break'),
  meal: both('就餐', 'Meal'),
  training: both('培训', 'Training'),
  'no-answer': both('振铃未接', 'Did not answer'),
  unreachable: both('话机无法接通', 'Phone not reached'),
  unplugged: both('耳机已断开', 'Headset unplugged'),
}
/** A seat's state in words: a break by its own name, being set aside together with the reason. */
export const seatStands = ({ state, reason }: Pick<SeatView, 'state' | 'reason'>): Words => {
  if (reason === undefined) return seatStateWords[state]
  const why = seatReasonWords[reason]
  const what = seatStateWords[state]
  return state === 'away'
    ? why
    : both(`${what['zh-CN']}（${why['zh-CN']}）`, `${what.en} (${why.en.toLowerCase()})`)
}
export const speakerWords: All<CaptionLine['who']> = {
  system: both('热线', 'Hotline'),
  citizen: both('来电人', 'Caller'),
  seat: both('话务员', 'Agent'),
  third: both('第三方', 'Third party'),
}
export const directionWords: All<CallRecord['direction']> = {
  in: both('呼入', 'In'),
  out: both('呼出', 'Out'),
}

/** The display name of an actor. */
export function calledIn(names: readonly KnownName[], name: string): Words {
  const known = names.find(one => one.name === name)
  if (known) return both(known.display, known.display)
  if (name === 'jieting') return both('系统', 'the hotline')
  if (name === 'machine') return both('本机命令', 'a command at the machine')
  const [, program] = /^program(?::(.+))?$/.exec(name) ?? []
  if (program !== undefined) return both(`程序 ${program}`, `program ${program}`)
  // The holder of the installation's own token; nothing more is known of them.
  return name === 'program' ? both('安装令牌', "the installation's token") : both(name, name)
}

/** A seat in a sentence: its name, and the staff number that citizens know; a removed seat by its id. */
export function seatCalledIn(names: readonly KnownName[], seat: string): Words {
  const known = names.find(({ name }) => name === seat)
  if (!known) return both(`坐席 ${seat}`, `seat ${seat}`)
  const { display, number } = known
  if (number === undefined) return both(display, display)
  return both(`${display}（工号 ${number}）`, `${display} (no. ${number})`)
}
