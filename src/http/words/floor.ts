import type { DeskAct, FloorTable, LostCallView } from '../contract.ts'
import { seatReasonWords } from './people.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

/** The tables of the floor, on its page and as files. */
export const floorTableWords: All<FloorTable> = {
  seats: both('坐席', 'Seats'),
  calls: both('在线通话', 'Calls that are up'),
  figures: both('服务水平', 'Service'),
  hours: both('各小时', 'By the hour'),
  lost: both('未接通人工的来电', 'Calls that got nobody'),
  outgoing: both('呼出', 'Outgoing'),
  acts: both('班长操作记录', 'What supervisors did'),
}

/** Why a caller reached nobody. */
export const lostWords: All<LostCallView['why']> = {
  'gave-up': both('放弃', 'gave up'),
  'turned-away': both('全忙', 'queue full'),
}

export const floorWords = {
  seat: both('坐席', 'Seat'),
  agentNumber: both('工号', 'Agent number'),
  state: both('状态', 'State'),
  since: both('已持续', 'For'),
  sinceAt: both('开始时间', 'Since'),
  caller: both('来电人', 'Caller'),
  skills: both('技能', 'Skills'),
  declined: both('拒接', 'Declined'),
  unanswered: both('未接', 'Unanswered'),
  call: both('通话', 'Call'),
  direction: both('方向', 'Direction'),
  line: both('线路', 'Line'),
  number: both('号码', 'Number'),
  place: both('位置', 'Where'),
  queuePlace: both('排队位次', 'Place in the queue'),
  waited: both('已等待', 'Waited'),
  waitedSeconds: both('等待（秒）', 'Waited (s)'),
  priority: both('优先', 'Priority'),
  rangAt: both('来电时间', 'Rang at'),
  flow: both('流程', 'Flow'),
  cameBack: both('再次来电已接通', 'Reached a person later'),
  hour: both('小时', 'Hour'),
  calls: both('来电', 'Calls'),
  wanted: both('请求转人工', 'Wanted a person'),
  reached: both('接通人工', 'Got one'),
  lost: both('未接通人工', 'Got none'),
  deferred: both('选择回拨', 'Chose a callback'),
  why: both('原因', 'Why'),
  talked: both('与话务员通话', 'Talked with an agent'),
  placed: both('拨打', 'Placed'),
  answered: both('接通', 'Answered'),
  median: both('等待时长（中位数）', 'Median time to a person'),
  p95: both('等待时长（95 分位）', 'Time to a person (p95)'),
  longestWait: both('最长等待', 'Longest wait'),
  figure: both('指标', 'Figure'),
  value: both('数值', 'Value'),
  from: both('起', 'From'),
  until: both('止', 'Until'),
  menuFree: both('未经菜单直达人工', 'Met no menu'),
  at: both('时间', 'When'),
  by: both('操作人', 'By'),
  act: both('操作', 'What'),
  detail: both('内容', 'Detail'),
  yes: both('是', 'yes'),
  no: both('否', 'no'),
  person: both('人工外呼', 'By a person'),
  soonOf: (seconds: number): All<'wanted' | 'reached'> => ({
    wanted: both(`${seconds} 秒接通率（接通 ÷ 请求）`, `Within ${seconds} s ÷ wanted`),
    reached: both(`${seconds} 秒应答率（及时 ÷ 已接通）`, `Within ${seconds} s ÷ got one`),
  }),
  reachedOf: both('人工接通率（接通 ÷ 请求）', 'Got a person ÷ wanted one'),
  now24: both('近 24 小时', 'Last 24 hours'),
  worst24: both('最差连续 24 小时', 'Worst 24 hours in a row'),
} as const

export const actWords: All<DeskAct['act']> = {
  move: both('调整排队', 'Moved a caller'),
  skills: both('修改技能', 'Changed skills'),
  ready: both('置为示闲', 'Made ready'),
  away: both('置为示忙', 'Set to a break'),
  'sign-in': both('代为签入', 'Signed in'),
  'sign-out': both('代为签出', 'Signed out'),
  done: both('结束话后处理', 'Ended the wrap-up'),
  listening: both('监听', 'Listened'),
  whispering: both('耳语', 'Whispered'),
  speaking: both('加入通话', 'Joined a call'),
  'take-over': both('接管来电', 'Took a caller over'),
}

/** The detail of a supervisor's act: the reason of a break, the skills, or where a caller was moved to. */
export function detailOf({ act, seat, detail = '' }: Pick<DeskAct, 'act' | 'seat' | 'detail'>): Words {
  if (act === 'move')
    return seat === undefined ? both('置于队首', 'to the head') : both('派给坐席', 'to the seat')
  const reasons: Readonly<Record<string, Words>> = seatReasonWords
  return reasons[detail] ?? both(detail, detail)
}
