import { useState } from 'react'
import type { OrderAct, OrderDetail, OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { say } from '../language.ts'
import { type Field, type Given, OrderForm } from './form.tsx'
import { categoryName, unitName } from './names.ts'
import { groundWords, resultWords, words } from './words.ts'

type Act = {
  readonly name: string
  readonly fields: readonly Field[]
  /** What the answers ask of the house. */
  readonly of: (given: Given) => OrderAct
}

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })
const pairs = <Key extends string>(all: Readonly<Record<Key, string>>) => Object.entries<string>(all)
const said: Field = {
  name: 'words',
  label: both('说明', 'What there is to say'),
  kind: 'lines',
  needed: true,
}

type Offer = Act & { readonly offered: string }

/** The forms of all that the house lets this reader do now, and of those that are open, in the order in which they are wanted. */
function actsFor(
  { order, may, evidence, events }: OrderDetail,
  rules: OrderRulesShown,
  call: string | undefined,
  open: readonly string[],
): readonly Offer[] {
  const units = rules.units.filter(({ id }) => id !== order.unit).map(({ id, name }) => [id, name] as const)
  const isShown = evidence.some(({ cycle }) => cycle === order.cycle)
  const forms: Readonly<Record<OrderDetail['may'][number], () => readonly Act[]>> = {
    dispatch: () => [dispatch(order, rules)],
    sign: () => [sign],
    return: () => [sendOn(units)],
    progress: () => [report],
    'ask-extension': () => [askForTime(rules)],
    close: () => [close(order, rules, isShown)],
    support: () => [support],
    grant: () => [grant(units)],
    'end-grant': () => [endGrant(events, rules)],
    reveal: () => [reveal],
    'set-confidential': () => [setConfidential(!order.confidential)],
    add: () => [add(call)],
    'note-ring': () => [noteRing],
    appoint: () => [appoint(units)],
    reclassify: () => [reclassify(order, rules, units)],
    'decide-extension': () => [decide(true), decide(false)],
    // A button beside each piece.
    'withdraw-evidence': () => [],
  }
  return Object.entries(forms)
    .filter(([offered]) => [...may, ...open].includes(offered))
    .flatMap(([offered, formsOf]) => formsOf().map(form => ({ ...form, offered })))
}

/** Of one that was found; the queue with its suggestions is at /dispatch. */
const dispatch = (order: OrderSummary, rules: OrderRulesShown): Act => ({
  name: words.dispatch,
  fields: [
    {
      name: 'unit',
      label: words.unit,
      kind: 'choice',
      needed: true,
      options: rules.units.map(({ id, name }) => [id, name] as const),
    },
    ...(order.category === ''
      ? [
          {
            name: 'category',
            label: both('事项大类', 'Category'),
            kind: 'choice' as const,
            needed: true,
            options: rules.categories.map(({ id }) => [id, categoryName(rules, id)] as const),
          },
        ]
      : []),
    { ...said, needed: false },
  ],
  of: ({ unit = '', category, words = '' }) => ({
    do: 'dispatch',
    unit,
    category,
    words: words === '' ? undefined : words,
  }),
})

const sign: Act = { name: both('签收', 'Sign for it'), fields: [], of: () => ({ do: 'sign' }) }

const support: Act = {
  name: words.help,
  fields: [
    { name: 'person', label: both('联系人', 'Who helps'), kind: 'line', needed: true },
    { name: 'phone', label: both('电话', 'Telephone'), kind: 'line', needed: true },
  ],
  of: ({ person = '', phone = '' }) => ({ do: 'support', person, phone: phone.replace(/[\s-]/g, '') }),
}

const grant = (units: readonly (readonly [string, string])[]): Act => ({
  name: both('请单位协办', 'Ask a unit to help'),
  fields: [
    {
      name: 'unit',
      label: both('协办单位', 'Unit that helps'),
      kind: 'choice',
      needed: true,
      options: units,
    },
    { ...said, label: both('协办理由（双方可见）', 'Why (both units read it)') },
  ],
  of: ({ unit = '', words = '' }) => ({ do: 'grant', unit, words }),
})
const endGrant = (events: OrderDetail['events'], rules: OrderRulesShown): Act => ({
  name: both('结束协办', 'End the help'),
  fields: [
    {
      name: 'unit',
      label: both('协办单位', 'Unit that helps'),
      kind: 'choice',
      needed: true,
      options: helpingUnits(events).map(id => [id, unitName(rules, id)] as const),
    },
    said,
  ],
  of: ({ unit = '', words = '' }) => ({ do: 'end-grant', unit, words }),
})
function helpingUnits(events: OrderDetail['events']): readonly string[] {
  const units = new Set<string>()
  for (const { kind, data } of events) {
    if (kind === 'granted') units.add(String(data.unit))
    if (kind === 'grant-ended') units.delete(String(data.unit))
  }
  return [...units]
}

const reveal: Act = {
  name: both('查看完整号码', 'Show the whole number'),
  fields: [{ ...said, label: both('用途（会记录在案）', 'What for (it is written down)') }],
  of: ({ words = '' }) => ({ do: 'reveal', words }),
}
const setConfidential = (confidential: boolean): Act => ({
  name: confidential ? both('设为保密', 'Make it confidential') : both('取消保密', 'No longer confidential'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'set-confidential', confidential, words }),
})

const sendOn = (units: readonly (readonly [string, string])[]): Act => ({
  name: both('退回', 'Return it'),
  fields: [
    {
      name: 'ground',
      label: both('理由', 'Ground'),
      kind: 'choice',
      needed: true,
      options: pairs(groundWords),
    },
    {
      name: 'target',
      label: both('应由哪个单位办理', 'Which unit should have it'),
      kind: 'choice',
      needed: true,
      options: units,
    },
    said,
  ],
  of: ({ ground, target = '', words = '' }) => ({
    do: 'return',
    ground: ground as keyof typeof groundWords,
    target,
    words,
  }),
})

const report: Act = {
  name: both('填报进展', 'Report progress'),
  fields: [said, { name: 'told', label: words.told, kind: 'yes' }],
  of: ({ words = '', told }) => ({ do: 'progress', words, citizenKnows: told === 'yes' }),
}
const askForTime = (rules: OrderRulesShown): Act => ({
  name: both('申请延期', 'Ask for more time'),
  fields: [
    {
      name: 'days',
      label: both(`天数（最多${rules.mostExtensionDays}）`, `Days (at most ${rules.mostExtensionDays})`),
      kind: 'days',
      needed: true,
    },
    { name: 'reason', label: both('原因', 'Reason'), kind: 'lines', needed: true },
  ],
  of: ({ days, reason = '' }) => ({ do: 'ask-extension', days: Number(days), reason }),
})
function close(order: OrderSummary, rules: OrderRulesShown, isShown: boolean): Act {
  const evidence = rules.categories.find(({ id }) => id === order.category)?.evidence ?? false
  const needed = evidence && !isShown
  return {
    name: both('办结', 'Close it'),
    fields: [
      {
        name: 'result',
        label: both('结果', 'Result'),
        kind: 'choice',
        needed: true,
        options: pairs(resultWords),
      },
      said,
      {
        name: 'evidence',
        label: needed
          ? both(
              '其他佐证材料：每行一项；没有上传文件时必填',
              'Other evidence, one a line; needed without a file',
            )
          : both('其他佐证材料：每行一项', 'Other evidence: one a line'),
        kind: 'lines',
        needed,
      },
    ],
    of: ({ result, words = '', evidence = '' }) => ({
      do: 'close',
      result: result as keyof typeof resultWords,
      words,
      evidence: evidence
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
    }),
  }
}

const add = (call: string | undefined): Act => ({
  name: both('补充来电内容', 'Add what the caller says'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'add', words, call }),
})
const noteRing: Act = {
  name: both('登记人工回访', 'Note that a person rang'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'note-ring', words }),
}
const appoint = (units: readonly (readonly [string, string])[]): Act => ({
  name: both('指定承办单位', 'Appoint a unit'),
  fields: [{ name: 'target', label: words.unit, kind: 'choice', needed: true, options: units }, said],
  of: ({ target = '', words = '' }) => ({ do: 'appoint', target, words }),
})
/** A unit that has signed leads to the end: only what it is about can be put right then. */
const reclassify = (
  order: OrderSummary,
  rules: OrderRulesShown,
  units: readonly (readonly [string, string])[],
): Act => ({
  name: both('调整诉求分类', 'Put the category right'),
  fields: [
    {
      name: 'category',
      label: both('事项大类', 'Category'),
      kind: 'choice',
      options: [
        [order.category, categoryName(rules, order.category)],
        ...rules.categories
          .filter(({ id }) => id !== order.category)
          .map(({ id }) => [id, categoryName(rules, id)] as const),
      ],
    },
    ...(order.stage === 'waiting'
      ? [
          {
            name: 'target',
            label: words.unit,
            kind: 'choice' as const,
            options: [[order.unit, unitName(rules, order.unit)] as const, ...units],
          },
        ]
      : []),
    { ...said, label: both('理由（时限不变）', 'Why (the clock goes on)') },
  ],
  of: ({ category = '', target, words = '' }) => ({
    do: 'reclassify',
    category,
    words,
    target,
  }),
})
const decide = (granted: boolean): Act => ({
  name: granted ? both('同意延期', 'Grant the extension') : both('不同意延期', 'Refuse the extension'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'decide-extension', granted, words }),
})

/**
 * Everything that can be done now: what needs no words is a button, the rest opens its form. One that is open stays until
 * it is closed or done: what somebody is writing does not go because a colleague was quicker.
 */
export function Acts({
  detail,
  rules,
  call,
  act,
}: {
  readonly detail: OrderDetail
  readonly rules: OrderRulesShown
  /** In which a seat looks at it. */
  readonly call: string | undefined
  readonly act: (act: OrderAct) => Promise<string | undefined>
}) {
  const [open, setOpen] = useState<readonly string[]>([])
  const keep = (offered: string, isOpen: boolean) =>
    setOpen(now => [...now.filter(one => one !== offered), ...(isOpen ? [offered] : [])])
  const acts = actsFor(detail, rules, call, open)
  if (acts.length === 0) return null
  return (
    <section className="card acts" aria-label={words.acts}>
      <h3>{words.acts}</h3>
      {acts.map(({ name, offered, fields, of }) =>
        fields.length === 0 ? (
          <OrderForm key={name} fields={fields} submit={name} onGiven={given => act(of(given))} />
        ) : (
          <details key={name} onToggle={event => keep(offered, event.currentTarget.open)}>
            <summary>{name}</summary>
            <OrderForm
              fields={fields}
              submit={name}
              onGiven={async given => {
                const refused = await act(of(given))
                if (refused === undefined) keep(offered, false)
                return refused
              }}
            />
          </details>
        ),
      )}
    </section>
  )
}
