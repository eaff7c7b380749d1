import type { z } from 'zod'
import type { Calendar } from '../city/index.ts'
import type { ClockName } from './api.ts'
import { dueAt, levelOf } from './clocks.ts'
import type { noticeKindSchema } from './jobs.ts'
import { grouped } from './number.ts'
import type { Order } from './order.ts'
import type { OrderRules } from './rules.ts'

const levels = ['', '街道级督办', '区级督办', '市级督办']

export type NoticeTold = {
  readonly kind: z.output<typeof noticeKindSchema>
  readonly percent?: number | undefined
  readonly clock?: ClockName | undefined
}

/** What those who handle an order read on their phones: its number, kind and time; never the citizen's name or words. */
export function noticeText(
  { kind, percent = 0, clock }: NoticeTold,
  order: Order,
  { categories, units }: Pick<OrderRules, 'categories' | 'units'>,
  calendar: Calendar,
  timeZone: string,
): string {
  const about = `工单${grouped(order.number)}（${categories.get(order.category)?.name ?? (order.category || '事项待定')}）`
  const handling = order.clocks.find(({ name }) => name === 'handling')
  const due = handling
    ? new Date(dueAt(handling, calendar)).toLocaleString('zh-CN', {
        timeZone,
        month: 'long',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })
    : ''
  if (kind === 'dispatched') return `【12345】${about}已派至贵单位，请及时签收，${due}前办结。`
  if (kind === 'disputed')
    return `【12345】${about}各单位已退单${order.returns}次，请指定承办单位，时限不变：${due}。`
  if (kind === 'granted') return `【12345】请贵单位协办${about}，请登录查看协办理由。`
  if (kind === 'reopened') return `【12345】${about}经回访未解决，已重新办理，时限不变：${due}。`
  const unit = units.get(order.unit)?.name ?? order.unit
  if (kind === 'return-asked') return `【12345】${unit}申请退回${about}，请在时限内审核。`
  if (kind === 'return-refused') return `【12345】${about}的退单未获同意，由贵单位办理，时限不变：${due}。`
  if (kind === 'site-check') return `【12345】${about}需现场核实归属，请到场配合，时限不变：${due}。`
  if (clock === 'review' || clock === 'site')
    return `【12345】${lightName(percent)}：${about}的退单尚未${clock === 'site' ? '现场核实' : '审核'}，请立即处理。`
  if (order.stage === 'undispatched') return `【12345】${lightName(percent)}：${about}尚未派单，请立即处理。`
  if (percent >= 100) return `【12345】红灯：${about}已超时限，${levels[levelOf(percent)]}。`
  return percent >= 75
    ? `【12345】黄灯：${about}时限已用${percent}%，请抓紧办理，${due}前办结。`
    : `【12345】提醒：${about}时限已用${percent}%，${due}前办结。`
}

const lightName = (percent: number) => (percent >= 100 ? '红灯' : percent >= 75 ? '黄灯' : '提醒')
