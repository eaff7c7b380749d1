import { initialsOf } from '../../chinese/index.ts'
import type { Calendar } from '../../city/index.ts'
import type { Clock } from '../../foundation/index.ts'
import type { OrderActor, OrderDetail, OrderSummary } from '../../orders/api.ts'
import {
  allClocks,
  type CitizenAsked,
  type CoTask,
  dueAt,
  instructionShown,
  latenessMs,
  levelOf,
  levelOfInstruction,
  lightAt,
  lightsOf,
  type Order,
  type OrderLine,
  type OrderRules,
  type Orders,
  questionEndsAt,
  reviewDueAt,
  type SeenHistory,
  siteCheckShown,
  undecidedIn,
} from '../../orders/index.ts'
import type { OrderRulesShown } from '../../orders/ruling/api.ts'
import { type NameDependencies, namesOf } from '../staff/names.ts'

export function summaryOf(
  {
    rangAt,
    changedAt,
    yellowAt,
    redAt,
    reviewAt,
    taskAt: _,
    ruleKind,
    ruleVerdict,
    personAsked,
    callers,
    likeOpen,
    statesTold,
    ...line
  }: OrderLine,
  nowMs: number,
  kindName: Orders['kindName'],
): OrderSummary {
  const redAtMs = redAt?.getTime()
  return {
    ...line,
    kindName: kindName(line.kind),
    light: lightAt({ yellowAtMs: yellowAt?.getTime(), redAtMs }, nowMs),
    rangAtMs: rangAt.getTime(),
    changedAtMs: changedAt.getTime(),
    dueAtMs: redAtMs,
    reviewByMs: reviewAt?.getTime(),
    byRule: ruleKind === undefined ? undefined : (ruleVerdict ?? 'open'),
    personAsked: personAsked ? true : undefined,
    callers: severalOf(callers),
    like: anyOf(likeOpen),
    statesTold: anyOf(statesTold),
  }
}

const anyOf = (count: number) => (count > 0 ? count : undefined)
const severalOf = (callers: number) => (callers > 1 ? callers : undefined)

/** An order as its reader may see it, with the acts open to them. */
export const detailFor =
  ({
    orders,
    calendar,
    clock,
    staff,
    desk,
  }: NameDependencies & {
    readonly orders: Pick<Orders, 'kindName' | 'together'>
    readonly calendar: Calendar
    readonly clock: Clock
  }) =>
  async (
    { order, events, contact, may, mayInstruct }: SeenHistory,
    reader: OrderActor,
  ): Promise<OrderDetail> => {
    const names = reader.role === 'unit' ? await namesOf({ staff, desk }) : []
    const called = (person: string) => names.find(({ name }) => name === person)?.display
    const nowMs = clock.now()
    const isMerged = order.stage === 'merged'
    const lights = isMerged ? {} : lightsOf(allClocks(order), calendar)
    const {
      number,
      stage,
      cycle,
      unit,
      category,
      type,
      kind,
      district,
      urgency,
      elder,
      confidential,
      street,
      matter,
      place,
      rangAtMs,
    } = order
    return {
      order: {
        number,
        stage,
        cycle,
        unit,
        category,
        type,
        kind,
        kindName: orders.kindName(kind),
        district,
        urgency,
        elder,
        confidential,
        street,
        matter,
        place,
        rangAtMs,
        light: lightAt(lights, nowMs),
        changedAtMs: order.lastAtMs,
        dueAtMs: lights.redAtMs,
        reviewByMs: reviewDueAt(order, calendar),
        byRule: order.byRule && (order.byRule.verdict ?? 'open'),
        personAsked: order.personAsked ? true : undefined,
        assignee: order.assignee,
        mergedInto: order.merged?.into,
        like: anyOf(undecidedIn(order)),
        statesTold: anyOf(order.statesTold),
        callers: severalOf(await orders.together.callersOf(order)),
      },
      caller: order.caller,
      name: order.name,
      contact,
      language: order.language,
      clocks: order.clocks.map(one => ({
        name: one.name,
        startedAtMs: one.startMs,
        dueAtMs: dueAt(one, calendar),
        doneAtMs: one.doneAtMs,
        lateMs: latenessMs(one, nowMs, calendar),
      })),
      tasks: order.tasks.map(task => taskShown(task, nowMs, calendar)),
      question: order.question && questionShown(order.question, calendar),
      evidence: order.evidence,
      instructions: order.instructions.map(one => instructionShown(order, one, nowMs, calendar)),
      siteChecks: order.siteChecks.map(one => siteCheckShown(one, calendar)),
      level: Math.max(levelByTime(order), levelOfInstruction(order)),
      erasure: reader.role === 'supervisor' ? order.erasure : undefined,
      may,
      mayInstruct,
      events: events.map(({ seq, atMs, kind, by, ...data }) => ({
        seq,
        atMs,
        kind,
        by: { ...by, called: called(by.person) },
        data,
      })),
    }
  }

/** The level of supervision reached by the unit's lateness. */
const levelByTime = ({ warned }: Order) =>
  levelOf(Math.max(0, ...warned.filter(isOfUnit).map(key => Number(key.split(' ')[1]))))

/** Neither the centre's own decisions nor silent co-units raise the supervision of the lead unit. */
const isOfUnit = (key: string) => !/^(help:|review |site |instruction )/.test(key)

function taskShown({ clock, ...task }: CoTask, nowMs: number, calendar: Calendar) {
  const { limit } = clock
  const limited = limit && { ...clock, limit }
  return {
    ...task,
    askedAtMs: clock.startMs,
    dueAtMs: limited && dueAt(limited, calendar),
    doneAtMs: clock.doneAtMs,
    lateMs: limited ? latenessMs(limited, nowMs, calendar) : 0,
  }
}

const questionShown = (question: CitizenAsked, calendar: Calendar) => ({
  seq: question.seq,
  askedAtMs: question.askedAtMs,
  untilMs: questionEndsAt(question, calendar),
  answerSeq: question.answerSeq,
  isOver: question.isOver ?? false,
})

export const rulesOf = ({
  profile,
  units,
  categories,
  evidence,
  grounds,
  templates,
  channels,
}: OrderRules): OrderRulesShown => ({
  profile: profile.name,
  mostExtensionDays: profile.extension.mostDays,
  evidence,
  units: [...units.values()].map(({ id, name, area }) => ({
    id,
    name,
    initials: initialsOf(name),
    district: area?.district,
    street: area?.street,
  })),
  categories: [...categories.values()],
  grounds: [...grounds.values()],
  templates,
  channels: [...channels.values()],
})
