import type { Forgetting, Went } from '../contract.ts'
import { both, type Words } from './words.ts'

/** What of a person lies where, as people say it; a test misses none. */
export const holdingWords: Readonly<Record<string, Words>> = {
  calls: both('通话的号码', 'Numbers of calls'),
  call_facts: both('通话经过', 'What happened in calls'),
  callers: both('来电人标记', 'Marks of callers'),
  number_checks: both('号码核实', 'Checks of numbers'),
  transcripts: both('通话文字记录', 'Transcripts'),
  ledger_events: both('工单经过（账本）', 'What happened to orders (ledger)'),
  orders: both('工单', 'Orders'),
  '/evidence': both('办理佐证', 'Evidence'),
  surveys: both('回访的号码', 'Numbers of survey calls'),
  survey_attempts: both('回访的拨打记录', 'Attempts of survey calls'),
  survey_opt_outs: both('不接回访的号码', 'Who wants no survey calls'),
  trail: both('审计日志里的号码记号', 'Marks in the audit trail'),
  incident_callers: both('突发情况的登记', 'Who is affected by an incident'),
  callbacks: both('回拨的号码', 'Numbers of callbacks'),
  callback_losses: both('回拨的来电', 'Calls of callbacks'),
  '/recordings': both('录音和留言', 'Recordings and messages'),
  forgettings: both('删除申请', 'Requests to forget'),
  legal_holds: both('依法留存', 'Legal holds'),
  'pgboss.job': both('后台任务', 'Jobs'),
  'pgboss.archive': both('已完成的后台任务', 'Jobs that are done'),
  '/texts': both('短信存件', 'Texts laid down'),
  '/spill': both('等待入库的记录', 'What waits for the database'),
}

export const stayedWords: Readonly<Record<Went['stayed'][number]['because'], Words>> = {
  held: both('依法留存', 'held'),
  'in-hand': both('还在办理或通话中', 'still in hand'),
  later: both('稍后自动继续', 'goes on by itself'),
  'of-another': both(
    '别人的工单里提到，须人工处理',
    'named in somebody else’s order: for a person to look at',
  ),
}

export const forgettingWords: Readonly<Record<Forgetting['state'], Words>> = {
  asked: both('等另一人同意', 'Waits for a second person'),
  refused: both('未同意', 'Refused'),
  running: both('正在删除', 'Going'),
  waiting: both('部分暂留', 'Some had to stay'),
  done: both('已删除', 'Done'),
}
