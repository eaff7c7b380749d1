import type { OrderDetail, OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { type Act, both, pairs, said, saidBy } from './act.ts'
import { lacking } from './closing/lacking.tsx'
import { groundName, unitName } from './names.ts'
import { resultWords, words } from './words.ts'

/** What units do with an order. */

export const sign: Act = { name: both('签收', 'Sign for it'), fields: [], of: () => ({ do: 'sign' }) }

export const support: Act = {
  name: words.help,
  fields: [
    { name: 'person', label: both('联系人', 'Who helps'), kind: 'line', needed: true },
    { name: 'phone', label: both('电话', 'Telephone'), kind: 'line', needed: true },
  ],
  of: ({ person = '', phone = '' }) => ({ do: 'support', person, phone: phone.replace(/[\s-]/g, '') }),
}

export const grant = (rules: OrderRulesShown, order: OrderSummary): Act => ({
  name: both('请单位协办', 'Ask a unit to help'),
  fields: [
    {
      name: 'unit',
      label: both('协办单位', 'Unit that helps'),
      kind: 'unit',
      needed: true,
      besides: order.unit,
    },
    { ...saidBy(rules, 'grant'), label: both('协办任务（双方可见）', 'The task (both units read it)') },
    {
      name: 'hours',
      label: both('多少小时内答复（不填按本市时限）', 'Answered within hours (the city’s limit if empty)'),
      kind: 'days',
    },
  ],
  of: ({ unit = '', words = '', hours }) => ({
    do: 'grant',
    unit,
    words,
    hours: hours ? Number(hours) : undefined,
  }),
})

export const endGrant = (events: OrderDetail['events'], rules: OrderRulesShown): Act => ({
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

export const reveal: Act = {
  name: both('查看完整号码', 'Show the whole number'),
  fields: [{ ...said, label: both('用途（会记录在案）', 'What for (it is written down)') }],
  of: ({ words = '' }) => ({ do: 'reveal', words }),
}

export const sendOn = (rules: OrderRulesShown, order: OrderSummary): Act => ({
  name: both('申请退单', 'Ask to return it'),
  fields: [
    {
      name: 'ground',
      label: both('理由', 'Ground'),
      kind: 'choice',
      needed: true,
      options: rules.grounds.map(({ id }) => [id, groundName(rules, id)] as const),
    },
    {
      name: 'target',
      label: both('应由哪个单位办理', 'Which unit should have it'),
      kind: 'unit',
      needed: true,
      besides: order.unit,
    },
    saidBy(rules, 'return'),
  ],
  of: ({ ground = '', target = '', words = '' }) => ({
    do: 'return',
    ground,
    target,
    words,
  }),
})

export const report = (rules: OrderRulesShown): Act => ({
  name: both('填报进展', 'Report progress'),
  fields: [saidBy(rules, 'progress'), { name: 'told', label: words.told, kind: 'yes' }],
  of: ({ words = '', told }) => ({ do: 'progress', words, citizenKnows: told === 'yes' }),
})

/** What the citizen is told, too: no clock stops while they think. */
export const askCitizen = (rules: OrderRulesShown): Act => ({
  name: both('询问市民', 'Ask the citizen'),
  fields: [
    {
      ...saidBy(rules, 'ask-citizen'),
      label: both(
        '问题（短信发给市民，五天内可答复；办理时限不停）',
        'Question (by SMS, answered within days; no clock stops)',
      ),
    },
  ],
  of: ({ words = '' }) => ({ do: 'ask-citizen', words }),
})

export const answerHelp: Act = {
  name: both('答复协办', 'Answer the task'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'answer-help', words }),
}

export const assign = (
  people: readonly (readonly [string, string])[],
  assignee: string | undefined,
): Act => ({
  name: both('分派到人', 'Assign to somebody'),
  fields: [
    {
      name: 'person',
      label: both('经办人', 'Who handles it'),
      kind: 'choice',
      options: [
        ...(assignee === undefined ? [] : [['', words.nobody] as const]),
        ...people.filter(([name]) => name !== assignee),
      ],
    },
  ],
  of: ({ person }) => ({ do: 'assign', person: person === '' ? undefined : person }),
})

export const askForTime = (rules: OrderRulesShown): Act => ({
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

export function close(order: OrderSummary, rules: OrderRulesShown, isShown: boolean): Act {
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
      saidBy(rules, 'close'),
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
      {
        name: 'channel',
        label: both('途径（结果为“不属职责”时选）', 'Channel, where it is beyond the duty'),
        kind: 'choice',
        options: [
          ['', '—'],
          ...rules.channels.map(
            ({ id, name, english, line }) => [id, `${both(name, english)} ${line}`] as const,
          ),
        ],
      },
      lacking(order.number),
    ],
    of: ({ result, words = '', evidence = '', told, channel }) => ({
      do: 'close',
      result: result as keyof typeof resultWords,
      words,
      evidence: evidence
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
      channel: channel || undefined,
      told: told === 'yes' ? true : undefined,
    }),
  }
}
