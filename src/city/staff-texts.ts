import { z } from 'zod'
import { inBoth, template } from './text-template.ts'

const about = ['number', 'kind']

/** A text with the same placeholders in both languages. @param needed the placeholders that must occur in it */
const told = (known: readonly string[], needed: readonly string[], chinese: string, english: string) =>
  inBoth(template(known, needed, chinese), template(known, needed, english)).prefault({})

/** SMS to units, supervisors and those in charge of callbacks. They never hold a citizen's name, number or words. */
export const staffTextsSchema = z
  .strictObject({
    language: z
      .enum(['zh-CN', 'en'], { error: 'zh-CN or en' })
      .default('zh-CN')
      .describe('In which of the two they are sent'),
    dispatched: told(
      [...about, 'due'],
      ['number'],
      '【12345】工单{number}（{kind}）已派至贵单位，请及时签收[，{due}前办结]。',
      '[12345] Order {number} ({kind}) is yours: please sign it[, to be closed by {due}].',
    ),
    disputed: told(
      [...about, 'due', 'times'],
      ['number'],
      '【12345】工单{number}（{kind}）各单位已退单{times}次，请指定承办单位[，时限不变：{due}]。',
      '[12345] Order {number} ({kind}) was returned {times} times: please appoint a unit[; still due by {due}].',
    ),
    granted: told(
      about,
      ['number'],
      '【12345】请贵单位协办工单{number}（{kind}），请登录查看协办理由。',
      '[12345] You are asked to help with order {number} ({kind}): sign in to read why.',
    ),
    reopened: told(
      [...about, 'due'],
      ['number'],
      '【12345】工单{number}（{kind}）经回访未解决，已重新办理[，时限不变：{due}]。',
      '[12345] Order {number} ({kind}) was not solved and is open again[; still due by {due}].',
    ),
    returnAsked: told(
      [...about, 'unit'],
      ['number'],
      '【12345】{unit}申请退回工单{number}（{kind}），请在时限内审核。',
      '[12345] {unit} returns order {number} ({kind}): please decide in time.',
    ),
    returnRefused: told(
      [...about, 'due'],
      ['number'],
      '【12345】工单{number}（{kind}）的退单未获同意，由贵单位办理[，时限不变：{due}]。',
      '[12345] The return of order {number} ({kind}) is refused: it stays with you[, due by {due}].',
    ),
    siteCheck: told(
      [...about, 'due'],
      ['number'],
      '【12345】工单{number}（{kind}）需现场核实，请到场配合[，时限不变：{due}]。',
      '[12345] The place of order {number} ({kind}) is looked at: please come[; still due by {due}].',
    ),
    returnWaits: told(
      [...about, 'light'],
      ['number'],
      '【12345】{light}：工单{number}（{kind}）的退单尚未审核，请立即处理。',
      '[12345] {light}: the return of order {number} ({kind}) is not decided yet.',
    ),
    siteWaits: told(
      [...about, 'light'],
      ['number'],
      '【12345】{light}：工单{number}（{kind}）尚未现场核实，请立即处理。',
      '[12345] {light}: nobody has looked at the place of order {number} ({kind}) yet.',
    ),
    helpWaits: told(
      [...about, 'helper', 'light', 'percent'],
      ['number'],
      '【12345】{light}：工单{number}（{kind}）的协办{helper}时限已用{percent}%，请及时答复。',
      '[12345] {light}: {percent} % of the time of {helper} to help with order {number} ({kind}) is used.',
    ),
    helpOverdue: told(
      [...about, 'helper', 'light'],
      ['number'],
      '【12345】{light}：工单{number}（{kind}）的协办单位{helper}逾期未答复。',
      '[12345] {light}: {helper}, which was asked to help with order {number} ({kind}), has not answered in time.',
    ),
    helped: told(
      [...about, 'helper'],
      ['number'],
      '【12345】协办单位{helper}已答复工单{number}（{kind}）。',
      '[12345] {helper} has answered about order {number} ({kind}).',
    ),
    unsigned: told(
      [...about, 'unit'],
      ['number'],
      '【12345】警报：工单{number}（{kind}）超过时限仍无人签收，请{unit}立即签收办理。',
      '[12345] Alarm: nobody of {unit} has signed order {number} ({kind}) in time. Sign it at once.',
    ),
    citizenAnswered: told(
      [...about, 'due'],
      ['number'],
      '【12345】市民已答复工单{number}（{kind}）的询问，请继续办理[，{due}前办结]。',
      '[12345] The citizen has answered your question about order {number} ({kind})[, due by {due}].',
    ),
    citizenSilent: told(
      [...about, 'due'],
      ['number'],
      '【12345】市民逾期未答复工单{number}（{kind}）的询问[，时限不变：{due}]。',
      '[12345] The citizen has not answered your question about order {number} ({kind}) in time[; still due by {due}].',
    ),
    digest: told(
      ['count', 'orders', 'red', 'yellow', 'level'],
      ['count'],
      '【12345】您有{count}条提醒，涉及{orders}件工单：红灯{red}条，黄灯{yellow}条[，其中有{level}]。请登录工作台办理。',
      '[12345] {count} reminders about {orders} orders: {red} red, {yellow} yellow[; one is {level}]. Sign in to see them.',
    ),
    instructed: told(
      [...about, 'level', 'unit', 'until'],
      ['number'],
      '【12345】{level}：工单{number}（{kind}），请{unit}[于{until}前]登录答复督办单。',
      '[12345] Order {number} ({kind}) is {level}: {unit} has to sign in and answer[ by {until}].',
    ),
    instructionWaits: told(
      [...about, 'level', 'light', 'unit', 'until'],
      ['number'],
      '【12345】{light}：{unit}尚未答复工单{number}（{kind}）的督办单（{level}）[，时限{until}]。',
      '[12345] {light}: {unit} has not answered about order {number} ({kind}), which is {level}[; due by {until}].',
    ),
    instructionAnswered: told(
      [...about, 'level', 'unit'],
      ['number'],
      '【12345】{unit}已答复工单{number}（{kind}）的督办单（{level}），请登录查看。',
      '[12345] {unit} has answered about order {number} ({kind}), which was {level}: sign in to read it.',
    ),
    undispatched: told(
      [...about, 'light'],
      ['number'],
      '【12345】{light}：工单{number}（{kind}）尚未派单，请立即处理。',
      '[12345] {light}: order {number} ({kind}) is not dispatched yet.',
    ),
    reminder: told(
      [...about, 'percent', 'due'],
      ['number'],
      '【12345】提醒：工单{number}（{kind}）时限已用{percent}%[，{due}前办结]。',
      '[12345] Reminder: {percent} % of the time of order {number} ({kind}) is used[, due by {due}].',
    ),
    yellow: told(
      [...about, 'percent', 'due'],
      ['number'],
      '【12345】黄灯：工单{number}（{kind}）时限已用{percent}%，请抓紧办理[，{due}前办结]。',
      '[12345] Yellow: {percent} % of the time of order {number} ({kind}) is used, please hurry[, due by {due}].',
    ),
    overdue: told(
      [...about, 'level'],
      ['number'],
      '【12345】红灯：工单{number}（{kind}）已超时限[，{level}]。',
      '[12345] Red: order {number} ({kind}) is overdue[; {level}].',
    ),
    lateCallback: told(
      ['time'],
      ['time'],
      '【12345热线】有一个回拨超时：{time} 来电。请在坐席页“待回电”处理。',
      '12345 hotline: a callback is late, for a call of {time}. See “To ring back” at the seat.',
    ),
  })
  .prefault({})

export type StaffTexts = z.output<typeof staffTextsSchema>
