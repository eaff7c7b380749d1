import { type Calendar, type City, filledIn, type StaffTexts } from '../city/index.ts'
import { dueAt, levelOf } from './clocks.ts'
import type { Notice } from './command.ts'
import type { ToldNotice } from './jobs.ts'
import { grouped } from './number.ts'
import type { Order } from './order.ts'
import type { OrderRules } from './rules.ts'
import { openInstruction, rankOf } from './supervising/instruction.ts'

type Text = Exclude<keyof StaffTexts, 'language' | 'lateCallback' | 'digest'>

const words = {
  'zh-CN': {
    levels: ['', '街道级督办', '区级督办', '市级督办'],
    open: '事项待定',
    lights: { reminder: '提醒', yellow: '黄灯', red: '红灯' },
  },
  en: {
    levels: ['', 'supervised by the street', 'supervised by the district', 'supervised by the city'],
    open: 'not said yet what about',
    lights: { reminder: 'Reminder', yellow: 'Yellow', red: 'Red' },
  },
} as const

/** A text to those who handle an order: its number, kind and time; never the citizen's name or words. */
export function noticeText(
  told: ToldNotice,
  order: Order,
  { categories, units }: Pick<OrderRules, 'categories' | 'units'>,
  calendar: Calendar,
  { timeZone, texts: { staff } }: Pick<City, 'timeZone' | 'texts'>,
): string {
  const { language } = staff
  const said = words[language]
  const { percent = 0 } = told
  const handling = order.clocks.find(({ name }) => name === 'handling')
  const waits = openInstruction(order.instructions)
  const written = (ms: number) =>
    new Date(ms).toLocaleString(language, {
      timeZone,
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  return filledIn(staff[textFor(told, order)][language], {
    number: grouped(order.number),
    kind: categories.get(order.category)?.name ?? (order.category || said.open),
    due: handling ? written(dueAt(handling, calendar)) : '',
    times: String(order.returns),
    unit: units.get(order.unit)?.name ?? order.unit,
    helper: units.get(told.unit ?? '')?.name ?? told.unit ?? '',
    percent: String(percent),
    light: said.lights[percent >= 100 ? 'red' : percent >= 75 ? 'yellow' : 'reminder'],
    level: said.levels[told.level === undefined ? levelOf(percent) : rankOf(told.level) + 1] ?? '',
    until: waits ? written(dueAt(waits.clock, calendar)) : '',
  })
}

const byKind: Readonly<Partial<Record<ToldNotice['kind'], Text>>> = {
  dispatched: 'dispatched',
  disputed: 'disputed',
  granted: 'granted',
  reopened: 'reopened',
  'return-asked': 'returnAsked',
  'return-refused': 'returnRefused',
  'site-check': 'siteCheck',
  helped: 'helped',
  unsigned: 'unsigned',
  'citizen-answered': 'citizenAnswered',
  'citizen-silent': 'citizenSilent',
  instructed: 'instructed',
  'instruction-waits': 'instructionWaits',
  'instruction-answered': 'instructionAnswered',
}

function textFor({ kind, percent = 0, clock }: ToldNotice, { stage }: Order): Text {
  const own = byKind[kind]
  if (own) return own
  if (kind === 'help-warning') return percent >= 100 ? 'helpOverdue' : 'helpWaits'
  if (clock === 'review') return 'returnWaits'
  if (clock === 'site') return 'siteWaits'
  if (stage === 'undispatched') return 'undispatched'
  return percent >= 100 ? 'overdue' : percent >= 75 ? 'yellow' : 'reminder'
}

/** The highest level of supervision among the notices; empty without one. */
export function digestWords(told: readonly ToldNotice[], language: StaffTexts['language']): string {
  const levels = told.map(({ level, percent = 0 }) =>
    level === undefined ? levelOf(percent) : rankOf(level) + 1,
  )
  return words[language].levels[Math.max(0, ...levels)] ?? ''
}

/** The telephone numbers that a notice goes to. */
export function phonesOf(
  notice: Notice,
  order: Order,
  { units, supervision }: OrderRules,
): readonly string[] {
  const { to } = notice
  if (to === 'helper') return units.get(notice.unit)?.phones ?? []
  if (to === 'helper-street') return units.get(notice.unit)?.supervisors ?? []
  const unit = units.get(order.lead ?? order.unit)
  if (to === 'unit') return unit?.phones ?? []
  return to === 'street' ? (unit?.supervisors ?? []) : supervision[to]
}
